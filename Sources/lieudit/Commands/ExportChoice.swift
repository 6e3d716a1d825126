import ArgumentParser
import Curation
import Foundation

/// A format in which a layer is written out.
enum ExportChoice: ExpressibleByArgument {
    case stream(ExportFormat)
    case file(FileFormat)

    init?(argument: String) {
        if let format = ExportFormat(rawValue: argument) {
            self = .stream(format)
        } else if let format = FileFormat(rawValue: argument) {
            self = .file(format)
        } else {
            return nil
        }
    }

    /// What the name of a file promises; nil where it promises nothing.
    init?(fileName: String) {
        self.init(argument: URL(fileURLWithPath: fileName).pathExtension.lowercased())
    }

    static let names: String = {
        let names = ExportFormat.allCases.map(\.rawValue) + FileFormat.allCases.map(\.rawValue)
        return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    }()

    var takesReferenceSystem: Bool {
        switch self {
        case .stream(let format): format.takesReferenceSystem
        case .file(let format): format.isConverted
        }
    }
}

/// `EPSG:2154`
struct ReferenceSystemName: ExpressibleByArgument {
    let code: Int

    init?(argument: String) {
        let parts = argument.uppercased().split(separator: ":")
        guard parts.count == 2, parts[0] == "EPSG", let code = Int(parts[1]), (1...999_999).contains(code) else {
            return nil
        }
        self.code = code
    }
}
