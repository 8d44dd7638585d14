public enum ServerCommand: Sendable {}
