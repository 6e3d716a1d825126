import Curation

/// What the API definition says of each route.
extension Operation {
    static let landing = Operation(
        "landing", "What this is and where to go", Answer(MediaType.json, .landingPage), Answer("text/html", .opaque))
    static let conformance = Operation(
        "conformance", "The conformance classes that hold here", Answer(MediaType.json, .confClasses),
        Answer("text/html", .opaque))
    static let definition = Operation(
        "definition", "This definition", Answer(MediaType.definition, .apiDefinition), Answer("text/html", .opaque))
    static let collections = Operation(
        "collections", "The layers", Answer(MediaType.json, .collections), Answer("text/html", .opaque))
    static let collection = Operation(
        "collection", "One layer", Answer(MediaType.json, .collection), Answer("text/html", .opaque))
    static let items = Operation(
        "items", "Features of a layer: in a box, near a place, of a time, with words, page by page",
        Answer(MediaType.geoJSON, .featureCollection), Answer("text/html", .opaque),
        Answer(MediaType.table, .opaque), Answer(MediaType.lines, .opaque))
    static let item = Operation(
        "item", "One feature", Answer(MediaType.geoJSON, .feature), Answer("text/html", .opaque))
    static let styles = Operation(
        "styles", "The map styles", Answer(MediaType.json, .styles), Answer("text/html", .opaque))
    static let style = Operation(
        "style", "A MapLibre style over the tiles of a layer", Answer(MediaType.style, .style),
        Answer("text/html", .opaque))
    static let tileJSON = Operation(
        "tileJSON", "Where the tiles of a layer are (TileJSON 3.0)", Answer(MediaType.json, .tileJSON))
    static let geoJSONTile = Operation(
        "geoJSONTile", "A tile as GeoJSON, column before row", Answer(MediaType.geoJSON, .featureCollection))
    static let vectorTile = Operation(
        "vectorTile", "A tile as Mapbox Vector Tile 2.1, column before row", Answer(MediaType.vectorTile, .opaque))
    static let clusterChildren = Operation(
        "clusterChildren", "What a cluster opens into", Answer(MediaType.geoJSON, .featureCollection),
        Answer("text/html", .opaque))
    static let clusterLeaves = Operation(
        "clusterLeaves", "The features of a cluster", Answer(MediaType.geoJSON, .featureCollection),
        Answer("text/html", .opaque))
    static let health = Operation(
        "health", "Whether all is well", Answer(MediaType.json, .health), Answer("text/html", .opaque))
    static let healthLive = Operation(
        "healthLive", "Whether the server runs at all, whatever its store does", Answer(MediaType.json, .health),
        Answer("text/html", .opaque))
    static let metrics = Operation(
        "metrics", "Counts and times for who runs this, in the text form of Prometheus",
        Answer(MediaType.metrics, .opaque)
    ).taking(nil, .bearer)

    static func export(_ format: ExportFormat) -> Operation {
        Operation(
            "export.\(format.rawValue)", "A whole layer as \(format.rawValue)",
            Answer(format.mediaType, format == .geojson ? .featureCollection : .opaque))
    }
}

extension Operation {
    static func export(_ format: FileFormat) -> Operation {
        Operation(
            "export.\(format.rawValue)", "A whole layer as \(format.title); ranges of it may be asked for",
            Answer(format.mediaType, .opaque)
        ).takingRanges()
    }
}

/// Those of OGC API Tiles, whose identifiers end as that standard asks (20-057, annex on OpenAPI).
extension Operation {
    static let tileMatrixSets = Operation(
        "getTileMatrixSetsList", "The grids of tiles", Answer(MediaType.json, .tileMatrixSets),
        Answer("text/html", .opaque))
    static let tileMatrixSet = Operation(
        "getTileMatrixSet", "The grid of web maps", Answer(MediaType.json, .tileMatrixSet),
        Answer("text/html", .opaque))
    static let layerTilesets = Operation(
        "layers.collection.vector.getTileSetsList", "The tilesets of a layer", Answer(MediaType.json, .tilesets),
        Answer("text/html", .opaque))
    static let layerTileset = Operation(
        "layers.collection.vector.getTileSet", "A tileset of a layer", Answer(MediaType.json, .tileset),
        Answer("text/html", .opaque))
    static let layerTile = Operation(
        "layers.collection.vector.getTile", "A tile of a layer, row before column",
        Answer(MediaType.geoJSON, .featureCollection), Answer(MediaType.vectorTile, .opaque))
    static let datasetTilesets = Operation(
        "layers.dataset.vector.getTileSetsList", "The tilesets of all layers", Answer(MediaType.json, .tilesets),
        Answer("text/html", .opaque))
    static let datasetTileset = Operation(
        "layers.dataset.vector.getTileSet", "The tileset of all layers", Answer(MediaType.json, .tileset),
        Answer(MediaType.tileJSON, .tileJSON), Answer("text/html", .opaque))
    static let datasetTile = Operation(
        "layers.dataset.vector.getTile", "A tile of several layers, row before column",
        Answer(MediaType.geoJSON, .featureCollection), Answer(MediaType.vectorTile, .opaque))
}
