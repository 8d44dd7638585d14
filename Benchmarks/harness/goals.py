"""The figures that say whether the work on speed is done, out of the rows of one run."""

import operator
import statistics

from harness import beside, durability, lifecycle, peers, windows

HEADER = ["figure", "peer's figure", "ours", "ratio", "done at", "goal", "reached?"]
NOT_MEASURED = "not measured"
OURS = {lifecycle.NO_FSYNC: peers.Switchboard.name, lifecycle.FSYNC: peers.SwitchboardDurable.name}
REDIS = {lifecycle.NO_FSYNC: peers.Redis.name, lifecycle.FSYNC: peers.RedisDurable.name}


def print_table(rows):
    """A line for each figure, `not measured` where this run left it out."""
    lines = [*throughput(rows), *processor_time(rows), *beside_others(rows), *pings(rows), *latency(rows),
             *million(rows), *snapshot(rows), assignment(rows)]
    windows.table("Done when", HEADER, lines)


# MARK: Lines


def line(figure, peer, ours, ratio, done, goal, reached):
    return [figure, peer, ours, "" if ratio is None else times(ratio), done, goal, reached]


def not_measured(figure, done, goal):
    return line(figure, "", "", None, done, goal, NOT_MEASURED)


def judge(value, done, goal, is_better=operator.ge):
    """Answers by the figures of the columns `done at` and `goal`; a `goal` of None is no goal."""
    is_done, is_goal = is_better(value, done), goal is not None and is_better(value, goal)
    if is_done:
        return "yes, the goal too" if is_goal else "yes"
    # A peer that is measured may set a goal below what is asked for.
    return "no, though the goal is" if is_goal else "no"


def times(ratio):
    return f"{ratio:.2f} ×"


def bar(ratio):
    return f"{ratio:g} ×"


# MARK: Rows of a run


def find(rows, measurement, **wanted):
    """The row with these values, of itself or of its shape; None where there is none, or one with failed requests."""
    for row in rows:
        values = {"rate": 0, "waiting": 0, **row, **row.get("shape", {})}
        if row["measurement"] == measurement and all(values.get(key) == value for key, value in wanted.items()):
            return None if any(window.get("errors") for window in row.get("windows", [])) else row
    return None


def compare(figure, ours, peer, key, done, goal, show, is_better=operator.ge, limit=bar):
    """Ours and the peer's row of one run, by the median of the ratios round by round."""
    if not ours or not peer:
        return not_measured(figure, limit(done), limit(goal))
    ratio = windows.ratio(ours["windows"], peer["windows"], key)
    return line(figure, show(windows.median(peer["windows"], key)), show(windows.median(ours["windows"], key)), ratio,
                limit(done), limit(goal), judge(ratio, done, goal, is_better))


# MARK: Beside Redis


def pair(rows, durable, connections, depth, **shape):
    """Our row and Redis's."""
    return [find(rows, "lifecycle", server=names[durable], connections=connections, depth=depth, **shape)
            for names in (OURS, REDIS)]


def throughput(rows):
    for durable, connections, depth, done, goal in [
            (lifecycle.NO_FSYNC, 64, 16, 6, 10), (lifecycle.NO_FSYNC, 16, 64, 6, 10), (lifecycle.FSYNC, 16, 64, 6, 10),
            (lifecycle.NO_FSYNC, 64, 1, 1.5, 3), (lifecycle.FSYNC, 64, 1, 2, 4)]:
        yield compare(f"lifecycle requests/s, {durable}, {connections} x {depth}, against Redis",
                      *pair(rows, durable, connections, depth), "requests_per_s", done, goal, windows.number)


def processor_time(rows):
    yield compare("server CPU a request, no fsync, 16 x 64, against Redis", *pair(rows, lifecycle.NO_FSYNC, 16, 64), "cpu_us",
                  1 / 6, 1 / 10, lambda value: f"{value:.2f} µs", operator.le, lambda ratio: f"at most 1/{1 / ratio:.0f}")


def latency(rows):
    for durable in (lifecycle.NO_FSYNC, lifecycle.FSYNC):
        yield compare(f"p99 at 2,500 lifecycles/s, {durable}, 16 x 16, against Redis",
                      *pair(rows, durable, 16, 16, rate=2500), "p99_us", 1, 0.5, windows.duration, operator.lt,
                      lambda ratio: f"below {bar(ratio)}")


# MARK: Beside the others


def beside_others(rows):
    ours_at = " x ".join(map(str, beside.OUR_SHAPE))
    for measurement, kind, durable, done, goal in [
            ("postgresql", peers.PostgreSQLDurable, lifecycle.FSYNC, 30, 60),
            ("postgresql", peers.PostgreSQL, lifecycle.NO_FSYNC, 30, 60),
            ("beanstalkd", peers.Beanstalkd, lifecycle.NO_FSYNC, 3, 6)]:
        ours, peer = best(rows, measurement, kind, durable)
        shape = " x ".join(map(str, peer["shapes"][1])) if peer else "its best"
        yield compare(f"lifecycles/s, {durable}, {ours_at}, against {kind.name} at {shape}", ours, peer,
                      "lifecycles_per_s", done, goal, windows.number)


def best(rows, measurement, kind, durable):
    """Our row at our best shape and a peer's at its own, where it did most lifecycles. (None, None) where there is none."""
    found = []
    for shapes in [row["shapes"] for row in rows if row["measurement"] == measurement]:
        ours, peer = (find(rows, measurement, durability=durable, shapes=shapes, server=name)
                      for name in (OURS[durable], kind.name))
        if ours and peer and shapes[0] == list(beside.OUR_SHAPE):
            found.append((ours, peer))
    return max(found, key=lambda both: windows.median(both[1]["windows"], "lifecycles_per_s"), default=(None, None))


def pings(rows):
    """The goal is the echo's own rate in the same rounds."""
    for depth, done in ((1, 1), (16, 1.8), (64, 3)):
        figure = f"PING inline/s, 16 x {depth}, against redis-server"
        ours, redis, echo = (find(rows, "ping", server=kind.name, connections=16, depth=depth)
                             for kind in (peers.Switchboard, peers.Redis, peers.Echo))
        if not ours or not redis or not echo:
            yield not_measured(figure, bar(done), "the bare echo's")
            continue
        ratio, goal = (windows.ratio(row["windows"], redis["windows"], "requests_per_s") for row in (ours, echo))
        rates = [windows.number(windows.median(row["windows"], "requests_per_s")) for row in (redis, ours)]
        yield line(figure, *rates, ratio, bar(done), f"the bare echo's {times(goal)}", judge(ratio, done, goal))


# MARK: A million tickets


def of_million(rows, kind, **wanted):
    return find(rows, "restart", server=kind.name, tickets=durability.TICKETS, **wanted)


def million(rows):
    ours_log, ours_snapshot = (of_million(rows, peers.Switchboard, **{"from": name}) for name in (
        peers.Switchboard.log_name, peers.Switchboard.snapshot_name))
    redis_log, redis_snapshot = (of_million(rows, peers.RedisLogged, **{"from": name}) for name in (
        peers.RedisLogged.log_name, peers.RedisLogged.snapshot_name))
    yield absolute("memory a ticket, 1M tickets", ours_log, redis_log,
                   lambda row: row["resident_megabytes"] * 1e6 / row["tickets"], 760, 490, lambda value: f"{value:,.0f} bytes")
    for figure, ours, redis in (("restart with 1M tickets, from the snapshot", ours_snapshot, redis_snapshot),
                                ("restart with 1M tickets, from the journal", ours_log, redis_log)):
        yield absolute(figure, ours, redis, lambda row: statistics.median(row["seconds"]), 5, 2,
                       lambda value: f"{value:.2f} s" if value % 1 else f"{value} s")
    for figure, key, unit in (("time to write a snapshot of 1M tickets, nothing else running", "save_seconds", "s"),
                              ("time to write the next one, 10,000 tickets later", "save_again_seconds", "s"),
                              ("size of a snapshot of 1M tickets", "megabytes", "MB")):
        if not ours_snapshot or not redis_snapshot:
            yield not_measured(figure, "below Redis's", "")
            continue
        ratio = ours_snapshot[key] / redis_snapshot[key]
        yield line(figure, *(f"{row[key]:,.1f} {unit}" for row in (redis_snapshot, ours_snapshot)), ratio, "below Redis's", "",
                   judge(ratio, 1, None, operator.lt))


def absolute(figure, ours, peer, value, done, goal, show):
    """Judged by our own figure; the peer's stands beside it where there is one."""
    if not ours:
        return not_measured(figure, show(done), show(goal))
    return line(figure, show(value(peer)) if peer else "", show(value(ours)), value(ours) / value(peer) if peer else None,
                show(done), show(goal), judge(value(ours), done, goal, operator.le))


def snapshot(rows):
    for durable in (lifecycle.NO_FSYNC, lifecycle.FSYNC):
        for state in (durability.LATER, durability.WHOLE):
            figure = f"p99 while snapshots of 1M tickets are written ({state}), {durable}, against p99 without"
            busy, calm = (find(rows, "snapshot", server=OURS[durable], tickets=durability.TICKETS, snapshot=each)
                          for each in (state, durability.NONE))
            if not busy or not calm:
                yield not_measured(figure, "at most 1.5 ×", "")
                continue
            # What the table of snapshots shows: without the windows that the hypervisor disturbed.
            during, without = (windows.median(durability.undisturbed(row["windows"]), "p99_us") for row in (busy, calm))
            yield line(figure, "", f"{windows.duration(during)} against {windows.duration(without)}", during / without,
                       "at most 1.5 ×", "", judge(during / without, 1.5, None, operator.le))


# MARK: Assignment


def assignment(rows):
    """Of a measurement without a server: a row {"measurement": "assignment", "agents": 100000, "microseconds": …} from one
    more function among the measurements of `run`."""
    figure, done, goal = "assign + release with 100,000 agents", 1.5, 0.5
    row = find(rows, "assignment", agents=100_000)
    return absolute(figure, row, None, lambda row: row["microseconds"], done, goal, lambda value: f"{value:.2f} µs")
