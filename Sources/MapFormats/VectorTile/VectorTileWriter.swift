/// Writes Mapbox Vector Tiles 2.1.
package enum VectorTileWriter {
    /// The tile of these layers. A layer without a feature that shows is left out, since the standard
    /// forbids empty ones; a tile without layers is no bytes at all, which is valid.
    package static func bytes(of layers: [VectorTileLayer]) -> [UInt8] {
        var tile: [UInt8] = []
        for layer in layers {
            var message = LayerMessage(layer)
            message.appendFeatures(layer.features)
            if message.hasFeatures { ProtocolBuffer.append(field: 3, message: message.bytes, to: &tile) }
        }
        return tile
    }
}

/// The message Layer: keys and values stand once and features point at them.
private struct LayerMessage {
    private let head: [UInt8]
    private let extent: UInt32
    private var features: [UInt8] = []
    private var keys: [UInt8] = []
    private var values: [UInt8] = []
    private var keyNumbers: [String: UInt32] = [:]
    private var valueNumbers: [VectorTileValue: UInt32] = [:]
    /// Of the whole numbers among the values, which are most of them and cost less to find by themselves.
    private var integerNumbers: [Int64: UInt32] = [:]
    private var valueCount: UInt32 = 0
    private var scratch: [UInt8] = []
    /// The keys of the feature before, and their numbers: neighbours mostly have the same in the same order.
    private var lastKeys: [(key: String, number: UInt32)] = []

    init(_ layer: VectorTileLayer) {
        var head: [UInt8] = []
        // The standard asks for the version before everything else.
        ProtocolBuffer.append(field: 15, varint: 2, to: &head)
        ProtocolBuffer.append(field: 1, text: layer.name, to: &head)
        self.head = head
        extent = layer.extent
    }

    var hasFeatures: Bool { !features.isEmpty }

    var bytes: [UInt8] {
        var bytes = head + features + keys + values
        ProtocolBuffer.append(field: 5, varint: UInt64(extent), to: &bytes)
        return bytes
    }

    mutating func appendFeatures(_ list: [VectorTileFeature]) {
        var message: [UInt8] = []
        for feature in list {
            let geometry = VectorTileGeometry(feature.shape)
            guard !geometry.commands.isEmpty else { continue }
            message.removeAll(keepingCapacity: true)
            if let identifier = feature.identifier {
                ProtocolBuffer.append(field: 1, varint: identifier, to: &message)
            }
            let tags = tags(of: feature)
            if !tags.isEmpty { ProtocolBuffer.append(field: 2, packed: tags, to: &message) }
            ProtocolBuffer.append(field: 3, varint: geometry.type.rawValue, to: &message)
            ProtocolBuffer.append(field: 4, packed: geometry.commands, to: &message)
            ProtocolBuffer.append(field: 2, message: message, to: &features)
        }
    }

    private mutating func tags(of feature: VectorTileFeature) -> [UInt32] {
        var tags: [UInt32] = []
        tags.reserveCapacity(feature.properties.count * 2)
        if feature.properties.elementsEqual(lastKeys, by: { $0.key == $1.key }) {
            for ((_, value), (_, number)) in zip(feature.properties, lastKeys) {
                tags.append(number)
                tags.append(self.number(of: value))
            }
            return tags
        }
        lastKeys.removeAll(keepingCapacity: true)
        for (key, value) in feature.properties {
            let number = number(of: key)
            if lastKeys.contains(where: { $0.number == number }) { continue }
            lastKeys.append((key, number))
            tags.append(number)
            tags.append(self.number(of: value))
        }
        return tags
    }

    private mutating func number(of key: String) -> UInt32 {
        if let number = keyNumbers[key] { return number }
        ProtocolBuffer.append(field: 3, text: key, to: &keys)
        let number = UInt32(keyNumbers.count)
        keyNumbers[key] = number
        return number
    }

    private mutating func number(of value: VectorTileValue) -> UInt32 {
        if case .int(let integer) = value {
            if let number = integerNumbers[integer] { return number }
            integerNumbers[integer] = valueCount
        } else {
            if let number = valueNumbers[value] { return number }
            valueNumbers[value] = valueCount
        }
        scratch.removeAll(keepingCapacity: true)
        value.append(to: &scratch)
        ProtocolBuffer.append(field: 4, message: scratch, to: &values)
        valueCount += 1
        return valueCount - 1
    }
}
