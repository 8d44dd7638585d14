import Glibc

exit(MicrobenchCommand.run(CommandLine.arguments))
