# Every target installs what the machine lacks (zlib's headers; nothing when they are there) and needs nothing before it
# but a Swift toolchain.

IMPORTS = --explicit-target-dependency-import-check error
# Without colours always: with them, in a terminal, the compiler is called otherwise, and all is built again.
SWIFT_FLAGS = $(IMPORTS) --no-color-diagnostics
# One file that runs where no Swift is; calls into the library cost a tenth less processor time.
RELEASE_FLAGS = $(SWIFT_FLAGS) --static-swift-stdlib
SERVER = .build/release/switchboard

.PHONY: run test test-thread demo bench microbench simulate queueing skills torture format lint build deps garbage idle

run: build
	$(SERVER) serve $(ARGS)

test: deps
	swift test $(SWIFT_FLAGS)

test-thread: deps
	swift test $(SWIFT_FLAGS) --sanitize thread --scratch-path .build-thread

demo: build
	$(SERVER) demo $(ARGS)

bench: build
	Benchmarks/run $(ARGS)

# What parsing, deciding, routing and the like cost by themselves, and by the number of agents and waiting tickets: some
# minutes; ARGS="steps" and the like do a part of it, ARGS=--help says which there are.
microbench: deps
	swift build -c release $(RELEASE_FLAGS) --product switchboard-microbench
	.build/release/switchboard-microbench $(ARGS)

# 10,000 seeds of the simulation; SEEDS=n for another number.
simulate: deps
	swift build -c release $(RELEASE_FLAGS) --product switchboard-simulate
	.build/release/switchboard-simulate --seeds $(or $(SEEDS),10000)

# The balancer against Erlang's formulas, 1,000,000 contacts a case; ARGS="--contacts N --seed S" for others.
queueing: deps
	swift build -c release $(RELEASE_FLAGS) --product switchboard-simulate
	.build/release/switchboard-simulate queueing $(ARGS)

# Skill-based routing in ciw (from PyPI, into .build) and in a server, side by side; some minutes; ARGS=--help.
skills: build
	test -x .build/skills/bin/python || python3 -m venv .build/skills
	.build/skills/bin/pip install --quiet --requirement Benchmarks/skills/requirements.txt
	.build/skills/bin/python Benchmarks/skills/compare.py $(ARGS)

# 500 servers killed under load, full and failing disks, a journal damaged at every byte of its last 64 KiB: about 15 minutes;
# ARGS="processes --cycles 50" and the like do a part of it, ARGS=--help says which there are.
torture: build
	swift build -c release $(RELEASE_FLAGS) --product switchboard-torture
	.build/release/switchboard-torture $(ARGS)

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

build: deps
	swift build -c release $(RELEASE_FLAGS) --product switchboard

deps:
	@test -e /usr/include/zlib.h || ls /usr/include/*/zlib.h >/dev/null 2>&1 || .ci/install zlib1g-dev

# Garbage of every kind on 50 connections for 60 s, at one loop and at two; `make test` does 3 s of it.
garbage: deps
	SWITCHBOARD_GARBAGE_SECONDS=60 swift test $(SWIFT_FLAGS) --filter HostileInputTests

# 10,000 idle connections beside 100 busy ones; ARGS="--idle 5000" and the like change it.
idle: build
	Benchmarks/idle/idle.py $(SERVER) $(ARGS)
