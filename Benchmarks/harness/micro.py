"""What the parts of a request cost by themselves, in one process: `make microbench` as rows of a run."""

import json
import os
import re
import subprocess
import sys

from harness import tools

ASSIGNMENT = r"pair, ([\d,]+) agents, .*"
PROGRAM = os.path.join(tools.ROOT, ".build", "release", "switchboard-microbench")


def micro(options, _):
    """Prints one table; its medians are over rounds within the process, not over windows."""
    # Built by the Makefile, which knows the flags; the run itself is ours.
    if subprocess.run(["make", "-C", tools.ROOT, "microbench", "ARGS=--help"], stdout=subprocess.DEVNULL).returncode:
        sys.exit("switchboard-microbench cannot be built")
    command = [PROGRAM, "--json"]
    if options.quick:
        command += ["--rounds", "2", "--percent", "5", "--agents", "1000", "--waiting", "1000"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"switchboard-microbench: {done.stderr.strip()}")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    print("\n**Microbenchmarks**, processor time of one thread\n")
    print("| operation | median ns | least | most |")
    print("| --- | ---: | ---: | ---: |")
    for row in rows:
        print(f"| {row['name']} | {row['median_ns']:,.1f} | {row['least_ns']:,.1f} | {row['most_ns']:,.1f} |")
    # The cost of a request's two ends by number of agents has a row of its own in the table of what was to be reached.
    pairs = [{"measurement": "assignment", "agents": int(found[1].replace(",", "")), "microseconds": row["median_ns"] / 1000}
             for row in rows if (found := re.fullmatch(ASSIGNMENT, row["name"]))]
    return [{"measurement": "micro", **row} for row in rows] + pairs
