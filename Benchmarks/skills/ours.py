"""The scenarios in Switchboard: a server process with a manual clock, over its wire protocol. Who is given a call is read from the
replies alone."""

import datetime
import heapq
import json
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness.peers import Switchboard

MINUTE = 60_000
# Of a manual clock, UTC.
START = datetime.datetime(2000, 1, 1)


class Desk(Switchboard):
    """A server on which each replication has a department and agents of its own."""

    def __init__(self, scratch):
        super().__init__(scratch, ["--clock", "manual"])
        # Milliseconds that the clock was moved, since the start.
        self.now = 0
        self.replications = 0

    def at(self, time, request):
        """Moves the clock to that time and sends one request. Returns what it answers."""
        moment = START + datetime.timedelta(milliseconds=time)
        _, answer = self.send([f"CLOCK SET {moment.isoformat(timespec='milliseconds')}Z", request])
        self.now = time
        return json.loads(answer[1:])

    def replicate(self, scenario, calls, seed):
        """(type, wait, agent, begin, end) of each of `calls` calls, in order of arrival, minutes."""
        self.replications += 1
        department = f"desk-{self.replications}"
        self.prepare_desk(scenario, department)
        run = Run(self, scenario, department, calls, random.Random(seed))
        return run.calls()

    def prepare_desk(self, scenario, department):
        self.send([f"DEPT ADD {department} strategy=longest_idle"])
        for number, group in enumerate(scenario.agents()):
            # Idle for longest at the start is who came first.
            self.at(self.now + 1, f"AGENT ADD {agent(department, number)} depts={department}:{group.tier} "
                                  f"skills={','.join(group.skills.lower())} call=1 chat=0 ticket=0")
            self.at(self.now + 1, f"AGENT ONLINE {agent(department, number)}")


def agent(department, number):
    return f"{department}-{number:03}"


class Run:
    def __init__(self, desk, scenario, department, count, chance):
        self.desk, self.department, self.count = desk, department, count
        self.chance = chance
        self.start = desk.now + 1
        self.types = scenario.types
        # Of each call, by its ticket: type, arrival, and then agent and beginning. Milliseconds since the start.
        self.found = {}
        # What happens next: (time, number, ticket that ends or type that comes).
        self.next = []
        self.pushed = 0

    def calls(self):
        for kind in self.types:
            self.push(0, kind.rate, kind)
        while self.next:
            time, _, what = heapq.heappop(self.next)
            if isinstance(what, int):
                self.end(time, what)
            elif len(self.found) < self.count:
                self.push(time, what.rate, what)
                self.come(time, what)
        return [(kind.name, (call.begin - call.arrival) / MINUTE, call.agent, call.begin / MINUTE, call.end / MINUTE)
                for kind, call in self.found.values()]

    def push(self, time, rate, what):
        self.pushed += 1
        # Whole milliseconds, as the server's clock has.
        heapq.heappush(self.next, (time + round(self.chance.expovariate(rate) * MINUTE), self.pushed, what))

    def come(self, time, kind):
        answer = self.desk.at(self.start + time, f"TICKET OPEN channel=call dept={self.department} "
                                                 f"skills={kind.name.lower()} priority={kind.priority}")
        self.found[answer["id"]] = (kind, Call(time))
        if answer["agent"] is not None:
            self.begin(time, answer["id"], answer["agent"])

    def begin(self, time, ticket, name):
        kind, call = self.found[ticket]
        call.agent, call.begin = int(name.rsplit("-", 1)[1]), time
        self.push(time, 1 / kind.service, ticket)

    def end(self, time, ticket):
        _, call = self.found[ticket]
        call.end = time
        answer = self.desk.at(self.start + time, f"TICKET RESOLVE {ticket}")
        if answer["next"] is not None:
            self.begin(time, answer["next"], answer["agent"])


class Call:
    def __init__(self, arrival):
        self.arrival, self.agent, self.begin, self.end = arrival, None, None, None
