import CPROJ

/// PROJ's memory for one thread at a time: it owns the C context, and all that is made in it keeps it alive.
///
/// Its network is off, whatever the environment says: a position asked about would travel with each grid
/// fetched. It is silent, since PROJ's messages carry positions.
final class ProjectionContext {
    let pointer: OpaquePointer

    /// - Throws: `ProjectionError.noContext`.
    init() throws(ProjectionError) {
        guard let pointer = proj_context_create() else { throw .noContext }
        self.pointer = pointer
        proj_log_level(pointer, PJ_LOG_NONE)
        proj_context_set_enable_network(pointer, 0)
    }

    deinit {
        proj_context_destroy(pointer)
    }

    var isNetworkEnabled: Bool { proj_context_is_network_enabled(pointer) != 0 }
}
