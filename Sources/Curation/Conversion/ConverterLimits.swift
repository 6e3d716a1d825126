/// What a program of others may take while it works on files for us, so that no file can take the machine down.
package struct ConverterLimits: Equatable, Sendable {
    package var cpuSeconds = 120
    /// Of memory of its own, in bytes.
    package var memory = 1 << 30
    /// The largest file that it may write, in bytes.
    package var fileSize = 2 << 30
    package var openFiles = 64
    /// From its beginning to its end, whether it works or waits.
    package var patience = Duration.seconds(180)

    package init() {}

    /// For a question about a file, which is answered sooner than the file is read.
    var forAsking: ConverterLimits {
        var limits = self
        limits.cpuSeconds /= 6
        limits.patience /= 6
        return limits
    }

    /// The words of `prlimit` (util-linux) that set them for the program behind them.
    var words: [String] {
        [
            "--cpu=\(cpuSeconds)", "--data=\(memory)", "--fsize=\(fileSize)", "--nofile=\(openFiles)", "--core=0",
            "--",
        ]
    }
}
