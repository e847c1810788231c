import Foundation
import Testing

@testable import Sealing

/// What we tell other suppliers is what we do: the values of Sources/Submissions/Pages/webhook.md, checked as they stand there.
@Suite struct WebhookDocumentTests {
    private static let document = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Submissions/Pages/webhook.md").standardizedFileURL

    private func value(_ name: String, in text: String) throws -> String {
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("| \(name) | `") })
        return String(line.dropFirst("| \(name) | `".count).dropLast("` |".count))
    }

    @Test func theTestValuesFit() throws {
        let text = try String(contentsOf: Self.document, encoding: .utf8)
        let key = try #require(HMACKey(text: try value("key", in: text)))
        let body = Array(try value("body", in: text).utf8)
        let timestamp = try value("timestamp", in: text)
        let delivery = try value("delivery", in: text)
        let signature = try value("signature", in: text)
        let seconds = try #require(Int(timestamp))
        #expect(
            WebhookSignature.header(body: body, timestamp: seconds, delivery: delivery, key: key) == signature
        )
        for (now, fits) in [
            (seconds, true), (seconds + 300, true), (seconds - 300, true), (seconds + 301, false),
        ] {
            let taken = try? WebhookSignature.verify(
                body: body,
                timestamp: timestamp,
                delivery: delivery,
                signature: signature,
                keys: [key],
                secondsNow: now
            )
            #expect((taken == delivery) == fits)
        }
        #expect(text.contains("\(WebhookSignature.windowSeconds) seconds"))
        for header in [
            WebhookSignature.timestampHeader, WebhookSignature.deliveryHeader,
            WebhookSignature.signatureHeader,
        ] { #expect(text.contains("`\(header)`")) }
    }
}
