import HTTPTypes
import MapFormats

/// What the definition says of operations that write, or that ask who is there.
extension APIDefinition {
    func addWriting(of route: Route, _ operation: Operation, to description: inout JSONObject) {
        switch operation.security {
        case .none, .secretAddress: break
        case .bearer: description["security"] = [["bearer": []]]
        case .optionalBearer: description["security"] = [["bearer": []], [:]]
        }
        guard let body = operation.body else { return }
        if body == .opaque {
            description["requestBody"] = [
                "required": true,
                "content": [MediaType.bytes: ["schema": ["type": "string", "format": "binary"]]],
            ]
            return
        }
        let type = route.method == .patch ? "application/merge-patch+json" : MediaType.json
        var content: JSONObject = [type: ["schema": body.reference]]
        if body == .parentAnswer { content[MediaType.form] = ["schema": body.reference] }
        if [.contribution, .feature].contains(body) { content[MediaType.geoJSON] = ["schema": body.reference] }
        description["requestBody"] = ["required": true, "content": .object(content)]
    }

    func writingProblems(of route: Route, _ operation: Operation) -> [(status: String, text: String)] {
        var problems: [(String, String)] = []
        if [.bearer, .optionalBearer].contains(operation.security) {
            problems.append(("401", "A token that opens this is needed"))
        }
        if route.countsGuesses { problems.append(("429", "Too many codes that opened nothing")) }
        if operation.security == .bearer { problems.append(("404", "There is nothing here for this token")) }
        let opensOwn = operation.body == .receiptRequest || route.template.hasPrefix("/collections/")
        if opensOwn, operation.body == .receiptRequest || operation.security == .bearer {
            problems.append(("410", "A curator has erased it; decisions says why"))
        }
        if route.parameterNames.contains(Parameter.since.name) {
            problems.append(("410", "What has changed since that cursor is not kept: begin anew"))
        }
        if operation.body == .sessionRequest { problems.append(("401", "It opens nothing")) }
        guard route.method != .get else { return problems }
        if operation.body == .receiptRequest { problems.append(("404", "It opens nothing")) }
        problems += [
            ("403", "Not from here, not now, or not without an invitation"),
            ("408", "The body did not arrive in time"), ("413", "The body is too large"),
            ("429", "That was much in little time"),
        ]
        if operation.body != nil || [.none, .secretAddress].contains(operation.security) {
            problems += [("422", "What was sent is not taken; errors says why, member by member")]
        }
        if [.bearer, .secretAddress].contains(operation.security) {
            problems += [("409", "It has changed since, or stands where this cannot be done")]
        }
        if [.put, .patch, .delete].contains(route.method) { problems.append(("412", "It has changed since")) }
        return problems
    }
}
