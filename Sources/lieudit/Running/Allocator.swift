import Foundation

/// The system's allocator, told to give large pieces of memory back as soon as they are let go of.
enum Allocator {
    /// From this size on, in bytes.
    private static let large: Int32 = 1 << 20
    /// `M_MMAP_THRESHOLD` of glibc's malloc.h, a header that Swift does not read.
    private static let thresholdOption: Int32 = -3

    /// glibc learns from the first large piece that is let go of to keep the next ones, up to 32 MiB each: after a
    /// million features have been packed, a hundred bytes a feature. Does nothing where another allocator is.
    static func giveLargePiecesBack() {
        guard let address = dlsym(nil, "mallopt") else { return }
        typealias SetOption = @convention(c) (Int32, Int32) -> Int32
        // By the declaration in malloc(3): int mallopt(int param, int value).
        _ = unsafeBitCast(address, to: SetOption.self)(thresholdOption, large)
    }
}
