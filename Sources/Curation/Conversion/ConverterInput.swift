import MapFormats

/// A file of features for a converter, while it is written.
///
/// One collection and not one feature a line: GDAL 3.6 takes texts that look like days for days in the latter, whatever
/// it is told. And a file and not standard input: GDAL reads twice, and goes back no further than one megabyte there.
struct ConverterInput {
    let path: String
    private var output: FileWriter
    private var isEmpty = true
    private let writer = GeoJSONWriter(decimals: PublishedFeature.decimals)

    init(path: String) throws {
        self.path = path
        output = try FileWriter(path: path)
        try output.append(Array(#"{"type":"FeatureCollection","features":["#.utf8))
    }

    mutating func append(_ feature: GeoJSONFeature) throws {
        var bytes = Array((isEmpty ? "\n" : ",\n").utf8)
        writer.append(feature, to: &bytes)
        try output.append(bytes)
        isEmpty = false
    }

    mutating func finish() throws {
        try output.append(Array("\n]}\n".utf8))
        try output.finish()
    }
}
