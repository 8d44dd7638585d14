/// Which of an agent's three capacities a ticket uses.
public enum Channel: UInt8, Named {
    case ticket = 0
    case chat = 1
    case call = 2

    public var name: String {
        switch self {
        case .ticket: "ticket"
        case .chat: "chat"
        case .call: "call"
        }
    }

    /// The order in which `TICKET NEXT` looks: who is on the line waits worst.
    static let mostUrgentFirst: [Channel] = [.call, .chat, .ticket]

    /// What a ticket of this channel becomes when an agent takes it up: `nil` where that changes nothing.
    var conversationStatus: TicketStatus? {
        switch self {
        case .ticket: nil
        case .chat: .chatting
        case .call: .calling
        }
    }
}

/// One value for each channel.
public struct PerChannel<Value> {
    public var ticket: Value
    public var chat: Value
    public var call: Value

    public init(_ value: Value) {
        ticket = value
        chat = value
        call = value
    }

    public init(ticket: Value, chat: Value, call: Value) {
        self.ticket = ticket
        self.chat = chat
        self.call = call
    }

    public subscript(channel: Channel) -> Value {
        @inline(__always) get {
            switch channel {
            case .ticket: ticket
            case .chat: chat
            case .call: call
            }
        }
        @inline(__always) _modify {
            switch channel {
            case .ticket: yield &ticket
            case .chat: yield &chat
            case .call: yield &call
            }
        }
    }
}

extension PerChannel where Value: FixedWidthInteger {
    /// Adds one, wrapping. Apart from the subscript, whose way to change a value in place is a call of its own.
    @inline(__always)
    mutating func count(_ channel: Channel) {
        switch channel {
        case .ticket: ticket &+= 1
        case .chat: chat &+= 1
        case .call: call &+= 1
        }
    }
}

extension PerChannel: Sendable where Value: Sendable {}
extension PerChannel: Equatable where Value: Equatable {}

/// Some of the channels.
public struct ChannelSet: OptionSet, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public init(_ channel: Channel) { rawValue = 1 << channel.rawValue }

    public static let all: ChannelSet = [.init(.ticket), .init(.chat), .init(.call)]

    public func contains(_ channel: Channel) -> Bool { rawValue & (1 << channel.rawValue) != 0 }
    public var channels: [Channel] { Channel.allCases.filter { contains($0) } }
}
