#!/bin/sh
# Proves that the thread sanitizer sees races between event loops: a planted one must be reported.
# The report is a "data race" or a "Swift access race", whichever access the sanitizer sees first. Run it from the package's folder. Ends with 0 when the report came.
set -u
build=${TSAN_SCRATCH_PATH:-.build-tsan}
output=$(SWITCHBOARD_PLANT_RACE=1 swift test --sanitize thread --scratch-path "$build" -j 2 \
    --filter PlantedRaceTests 2>&1)
code=$?
if [ "$code" -ne 0 ] && printf '%s\n' "$output" | grep -q 'WARNING: ThreadSanitizer: .*race' &&
    printf '%s\n' "$output" | grep -q 'plantedRace'; then
    echo "ok: the planted race was reported"
    exit 0
fi
printf '%s\n' "$output"
echo "failed: the planted race was not reported (exit status $code)"
exit 1
