import Glibc

exit(TortureCommand.run(CommandLine.arguments))
