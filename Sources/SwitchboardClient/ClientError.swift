/// Why a client program cannot go on, as one line for a person.
package struct ClientError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Sendable {
        /// No connection to the server, or it broke.
        case connection
        /// The server's answer is not what the protocol says, or refuses what cannot be done without.
        case reply
        /// A file cannot be read or written, or does not hold what its name promises.
        case file
        /// A process could not be started or did not do its part.
        case process
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
