#!/usr/bin/env python3
"""Simulates skill-based routing twice, in ciw and in a Switchboard server with a manual clock, and prints both means of each
figure with their 99 % confidence intervals.

    Benchmarks/skills/compare.py [--replications N] [--calls N] [--seed S]

Status 1 when the intervals of a figure do not overlap.
"""

import argparse
import os
import sys
import time

sys.dont_write_bytecode = True
import figures
import ours
import theirs
from scenarios import SCENARIOS
from harness import tools

WARM_UP = 500


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=20, help="of each scenario on each side, at least 2 (20)")
    parser.add_argument("--calls", type=int, default=6000, help=f"in each, more than {WARM_UP} that are left out (6000)")
    parser.add_argument("--seed", type=int, default=1, help="the first of them (1)")
    options = parser.parse_args()
    if options.replications < 2 or options.calls < 2 * WARM_UP:
        parser.error(f"at least 2 replications of {2 * WARM_UP} calls")
    if not os.path.exists(tools.SERVER):
        sys.exit("there is no release server: run 'make build', or 'make skills' which does")
    apart = 0
    with tools.Scratch() as scratch:
        desk = ours.Desk(scratch)
        for scenario in SCENARIOS:
            apart += compare(scenario, desk, options)
    print(f"\n{apart} figures whose intervals do not overlap")
    return 1 if apart else 0


def compare(scenario, desk, options):
    """Prints the table of a scenario. Returns how many figures do not overlap."""
    seeds = range(options.seed, options.seed + options.replications)
    began = time.monotonic()
    # Other seeds: the two sides have nothing in common.
    left = [figures.of_replication(scenario, theirs.replicate(scenario, options.calls, 10_000 + seed), WARM_UP)
            for seed in seeds]
    between = time.monotonic()
    right = [figures.of_replication(scenario, desk.replicate(scenario, options.calls, seed), WARM_UP) for seed in seeds]
    ended = time.monotonic()
    print(f"\n**{scenario.name}**: {options.replications} replications of {options.calls} calls; "
          f"ciw {between - began:.0f} s, Switchboard {ended - between:.0f} s\n")
    print("| | ciw | Switchboard | overlap |\n| --- | ---: | ---: | --- |")
    apart = 0
    for name in left[0]:
        (one, one_bound), (other, other_bound) = (figures.interval([row[name] for row in side]) for side in (left, right))
        overlap = abs(one - other) <= one_bound + other_bound
        apart += not overlap
        print(f"| {name} | {one:.4f} ± {one_bound:.4f} | {other:.4f} ± {other_bound:.4f} | {'yes' if overlap else 'NO'} |")
    sys.stdout.flush()
    return apart


sys.exit(main())
