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
        default: nil
        }
    }

    /// Anybody may show from so far.
    private static let wide = #","precision":"wide""#
}
