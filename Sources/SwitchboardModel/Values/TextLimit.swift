/// How many bytes of UTF-8 a text of a ticket may have.
package enum TextLimit {
    package static let subject = 4096
    package static let address = 1024
    package static let reference = 256
    package static let title = 1024
    package static let cursor = 128
    package static let note = 4096
    package static let description = 65_536
    package static let checksum = 256
    package static let detail = 8192
    package static let url = 8192
}
