extension RouteTable {
    /// What stands on other sites. Their addresses are shared, and gain parameters that mean nothing here.
    static let embedding = [
        Route(
            "/embed/{layer}", nil,
            [
                .embed, .bbox, .kind, .theme, .cursor, .limit, .embedStyle, .embedLanguage, .list, .contribute,
                .interface,
            ],
            toleratesUnknownParameters: true, EmbedPage.page),
        Route("/embed/{layer}/colours.css", nil, [.embed], toleratesUnknownParameters: true, EmbedPage.colours),
        Route("/embed.js", nil, [], toleratesUnknownParameters: true, EmbedPage.script),
        Route(
            "/oembed", nil, [.url, .maxwidth, .maxheight, .oEmbedFormat], toleratesUnknownParameters: true,
            OEmbedRoutes.document),
    ]
}
