#!/bin/sh
# Compares the designs: for each cell (connections x in flight), ROUNDS rounds, each with one window of MILLISECONDS a
# design, in turn. Prints a table of medians. Run it from this folder after `swift build -c release`.
set -eu
rounds=${ROUNDS:-3}
milliseconds=${MILLISECONDS:-1500}
connections=${CONNECTIONS:-1 64 1000}
depths=${DEPTHS:-1 16 64}
designs=${DESIGNS:-loop loop-flush-soon dispatch-one-queue dispatch-queue-each}
bin=.build/release
work=$(mktemp -d)
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT

for design in $designs; do
    "$bin/designs" "$design" >"$work/$design.address" &
    pids="$pids $!"
done
sleep 1
for design in $designs; do
    [ -s "$work/$design.address" ] || { echo "design $design does not serve; built?" >&2; exit 1; }
done

# The median of each column of $1.
medians() {
    for column in 1 2 3 4; do
        awk -v c="$column" '{ print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
    done | paste -s -d ' ' -
}

echo "| connections | in flight | design | requests/s | server CPU ns/request | p50 µs | p99 µs |"
echo "| ---: | ---: | --- | ---: | ---: | ---: | ---: |"
for count in $connections; do
    for depth in $depths; do
        for round in $(seq "$rounds"); do
            for design in $designs; do
                read -r port pid <"$work/$design.address"
                "$bin/load" ping "$port" "$pid" "$count" "$depth" "$milliseconds" >>"$work/$design.$count.$depth"
            done
        done
        for design in $designs; do
            set -- $(medians "$work/$design.$count.$depth")
            echo "| $count | $depth | $design | $1 | $2 | $3 | $4 |"
        done
    done
done
