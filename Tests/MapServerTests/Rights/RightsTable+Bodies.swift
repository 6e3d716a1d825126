import HTTPTypes

@testable import MapServer

extension RightsTable {
    /// What is sent along, sound in itself, so that only who asks decides.
    static func body(of route: Route, _ thing: RightsWorld.Thing) -> String? {
        switch "\(route.method.rawValue) \(route.template)" {
        case "POST /collections/{layer}/items", "PUT /collections/{layer}/items/{id}": Fabrique.body(more: wide)
        case "POST /contribute/{layer}": "title=Le+bal&consent=yes&key=0123456789abcdef"
        case "PATCH /collections/{layer}/items/{id}": #"{"properties":{"title":"Autrement"}}"#
        case "POST /moderation/items/{id}/decision": #"{"decision":"publish"}"#
        case "POST /moderation/{layer}/decisions":
            #"{"decisions":[{"id":"\#(thing.identifier)","decision":"publish"}]}"#
        // What pauses would close the door to all who come after.
        case "POST /moderation/{layer}/pause": #"{"paused":false}"#
        case "POST /receipts": #"{"token":"\#(thing.receipt ?? "0123456789abcdefghjkmnpqrs")"}"#
        case "POST /collections/{layer}/items/{id}/reports": #"{"reason":"other","text":"Il est parti."}"#
        case "POST /moderation/reports/{reference}/decision": #"{"outcome":"kept","reasons":"Il y est."}"#
        case "POST /moderation/items/{id}/receipt": #"{"face_to_face":true,"reasons":"Venue au comptoir."}"#
        case "POST /parents/{code}": #"{"agree":true}"#
        case "PUT /encounters/{id}": #"{"prompt":"Asseyez-vous."}"#
        case "POST /encounters/{id}/codes": #"{"label":"porte"}"#
        case "POST /partners", "PUT /partners/{partner}":
            #"{"name":"Le Cirque","origins":["https://cirque.example"]}"#
        case "POST /embeds": #"{"partner":"\#(thing.captures["partner"] ?? "")","layer":"fabrique"}"#
        case "PUT /embeds/{key}": #"{"title":"Autrement"}"#
        case "PUT /embeds/{key}/standing": "{}"
        case "POST /embeds/{key}/clearances": #"{"clear":"all"}"#
        case "POST /session": #"{"token":"\#(thing.token)"}"#
        case "POST /tokens": #"{"role":"curator","layer":"fabrique"}"#
        case "POST /encounters/{id}/codes/{codeId}/code.svg", "POST /encounters/{id}/codes/{codeId}/code.png":
            #"{"code":"\#(thing.captures["code"] ?? "")"}"#
        case "POST /moderation/{layer}/codes": #"{"label":"mur"}"#
        case "POST /moderation/{layer}/sheets":
            #"{"codes":[{"point":"\#(thing.identifier)","id":"\#(thing.captures["codeId"] ?? "")","code":"\#(thing.captures["code"] ?? "")"}]}"#
        case "POST /collections": #"{"id":"l-\#(Int.random(in: 0..<1_000_000_000_000))"}"#
        case "PUT /collections/{layer}": #"{"title":"La fabrique"}"#
        default: nil
        }
    }

    /// Anybody may show from so far.
    private static let wide = #","precision":"wide""#
}
