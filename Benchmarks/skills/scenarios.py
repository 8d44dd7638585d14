"""What both sides simulate: calls of several types, and agents who can take some of them.

Types come by Poisson processes and take exponential times. Whoever can take a call and is free is picked by tier, then by
who has been idle for longest. Who becomes free takes, of the waiting calls they can take, the one of the best priority that
came first. Nobody gives up.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    name: str
    # A minute.
    rate: float
    # Mean, minutes.
    service: float
    # The lowest is first.
    priority: int = 5


@dataclass(frozen=True)
class Group:
    name: str
    agents: int
    # The names of the types that they can take.
    skills: str
    tier: int = 0


@dataclass(frozen=True)
class Scenario:
    name: str
    types: tuple
    groups: tuple

    def agents(self):
        """The group of each agent, in order."""
        return [group for group in self.groups for _ in range(group.agents)]


SCENARIOS = [
    Scenario("N: some take A, the others A and B, last",
             (Type("A", 0.8, 5), Type("B", 0.6, 5)),
             (Group("a", 4, "A"), Group("ab", 5, "AB", tier=1))),
    Scenario("M: A alone, B alone, and who takes both, last",
             (Type("A", 0.7, 5), Type("B", 0.5, 6)),
             (Group("a", 3, "A"), Group("b", 3, "B"), Group("ab", 3, "AB", tier=1))),
    Scenario("ring: AB, BC and CA, and A has priority",
             (Type("A", 0.5, 5, priority=2), Type("B", 0.5, 5), Type("C", 0.5, 5)),
             (Group("ab", 3, "AB"), Group("bc", 3, "BC"), Group("ca", 3, "CA"))),
]
