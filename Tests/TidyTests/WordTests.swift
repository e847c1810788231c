import Foundation
import Testing

/// Words that have no place in the tree, and where they may stand all the same.
@Suite struct WordTests {
    let tree = Tree.here

    @Test(arguments: [
        ("\\bfatalError\\b", "a network or a person must not end the process"),
        ("\\btry!", "say what is thrown"),
        ("\\w\\.shared\\b", "no singletons: pass it by initializer"),
        (
            "\\b(public|open) (func|var|let|struct|class|enum|actor|protocol|init|extension)\\b",
            "package, never public"
        ),
        ("\\bstatic var \\w+\\s*(:[^={]+)?=", "no ambient state"),
        ("\\bnonisolated\\(unsafe\\)", "say why in a decision, or find another way"),
        (
            "(class|struct|enum|actor|protocol) \\w+(Manager|Helper|Helpers|Utils|Utilities|Util)\\b",
            "name the noun"
        ),
        (
            "(?<!guard\\s{1,40}let \\w{1,40} = )\\btry\\? (await )?(FileManager|FileHandle|Data\\(contentsOf|String\\(contentsOf|\\w+\\.write\\()",
            "input and output that fails must say so"
        ),
        ("catch\\s*\\{\\s*\\}", "an error is not nothing"),
    ])
    func codeIsFreeOf(_ pattern: String, why: String) {
        for file in tree.sources {
            // A conformance to a package's public protocol has to be public.
            if pattern.contains("public"), file.name == "Emptiness.swift" { continue }
            let found = file.swift?.code.matches(pattern) ?? []
            #expect(found.isEmpty, "\(file.path): \(found.first ?? ""): \(why)")
        }
    }

    @Test func onlyTheCommandLinePrints() {
        for file in tree.sources where !file.isUnder("Sources/Server") {
            #expect(
                file.swift?.code.has("(?<![.\\w])print\\(") == false,
                "\(file.path) prints; use the logger"
            )
        }
    }

    @Test func commentsSayWhy() {
        for file in tree.swift {
            for comment in file.swift?.comments ?? [] {
                #expect(!comment.has("\\b(TODO|FIXME|XXX|HACK)\\b"), "\(file.path): \(comment)")
                #expect(!comment.has("^//\\s*(MARK\\b|[-=*#~]{4,})"), "\(file.path): banner \(comment)")
            }
        }
    }

    @Test func nothingIsPutOff() {
        for file in tree.files where file.swift == nil && !file.name.hasSuffix(".md") {
            #expect(!file.text.has("\\b(TODO|FIXME)\\b"), "\(file.path) puts something off")
        }
    }

    @Test func pagesSpeakForThemselves() {
        for template in tree.templates {
            #expect(
                !template.text.has("<script(?![^>]*\\bsrc=)"),
                "\(template.path): inline script breaks the CSP"
            )
            #expect(!template.text.has("\\son[a-z]+=\""), "\(template.path): inline handler breaks the CSP")
            #expect(!template.text.has("\\sstyle=\""), "\(template.path): inline style breaks the CSP")
            #expect(!template.text.has("(src|href)=\"https?://"), "\(template.path): no third-party request")
        }
    }
}
