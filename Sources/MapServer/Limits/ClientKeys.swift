import Crypto
import Foundation
import HTTPTypes
import NIOCore
import Synchronization

/// Stands for who asks, for as long as a day, and says nothing of them.
struct ClientKey: Hashable, Sendable {
    private let bytes: [UInt8]

    fileprivate init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    static let unknown = ClientKey(bytes: [])
}

/// Makes the keys: a hash of the shortened address under a random key that is thrown away each day. Nothing of it is
/// written anywhere.
final class ClientKeys: Sendable {
    private let trustedProxy: String?
    private let secret: Mutex<(day: Int, key: SymmetricKey)>

    /// - Parameter trustedProxy: the address from which alone the last entry of `X-Forwarded-For` is believed.
    init(trustedProxy: String?) {
        self.trustedProxy = trustedProxy
        secret = Mutex((day: .min, key: SymmetricKey(size: .bits256)))
    }

    func key(of headers: HTTPFields, _ remote: SocketAddress?, at time: Date) -> ClientKey {
        guard let network = Self.network(address(headers, remote)) else { return .unknown }
        let day = Int(time.timeIntervalSince1970 / 86_400)
        let key = secret.withLock { secret in
            if secret.day != day { secret = (day, SymmetricKey(size: .bits256)) }
            return secret.key
        }
        return ClientKey(bytes: Array(HMAC<SHA256>.authenticationCode(for: network, using: key)))
    }

    private func address(_ headers: HTTPFields, _ remote: SocketAddress?) -> String? {
        let direct = remote?.ipAddress.map(Self.unmapped)
        guard let trustedProxy, direct == trustedProxy, let forwarded = headers[Self.forwardedFor] else {
            return direct
        }
        return forwarded.split(separator: ",").last.map { Self.unmapped($0.filter { $0 != " " }) } ?? direct
    }

    /// An address of version 4 as a socket of version 6 writes it (RFC 4291, 2.5.5.2) is one of version 4.
    private static func unmapped(_ address: String) -> String {
        let prefix = "::ffff:"
        return address.lowercased().hasPrefix(prefix) && address.contains(".")
            ? String(address.dropFirst(prefix.count)) : address
    }

    /// One address of version 4, or the 64 bits of version 6 that one household gets.
    private static func network(_ address: String?) -> Data? {
        guard let address, let parsed = try? SocketAddress(ipAddress: address, port: 0) else { return nil }
        // Where the address stands in the structures of the C library.
        let place: Range<Int>
        switch parsed {
        case .v4: place = 4..<8
        case .v6: place = 8..<16
        case .unixDomainSocket: return nil
        }
        return parsed.withSockAddr { pointer, size in Data(UnsafeRawBufferPointer(start: pointer, count: size)[place]) }
    }

    private static let forwardedFor = HTTPField.Name("X-Forwarded-For")!  // a token
}
