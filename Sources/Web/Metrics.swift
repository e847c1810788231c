package import Foundation
package import NIOCore
import Synchronization

/// What the server counts since its start, in Prometheus' text format; no word of a person or a case.
package final class Metrics: Sendable {
    private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    private struct Series {
        var count = 0
        var seconds = 0.0
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
    }

    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private let series = Mutex<[Key: Series]>([:])

    package init() {}

    func note(method: String, route: String, status: Int, seconds: Double) {
        let key = Key(method: method, route: route, status: status)
        series.withLock { all in
            var one = all[key] ?? Series()
            one.count += 1
            one.seconds += seconds
            for (index, bound) in Self.bounds.enumerated() where seconds <= bound { one.buckets[index] += 1 }
            all[key] = one
        }
    }

    /// `gauges` are read at this moment: name with labels, and value.
    package func text(gauges: [(name: String, value: Double)]) -> String {
        var lines = ["# TYPE epom_http_request_seconds histogram"]
        for (key, one) in series.withLock({ $0 }).sorted(by: { "\($0.key)" < "\($1.key)" }) {
            let labels = "method=\"\(key.method)\",route=\"\(key.route)\",status=\"\(key.status)\""
            for (bound, count) in zip(Self.bounds, one.buckets) {
                lines.append("epom_http_request_seconds_bucket{\(labels),le=\"\(bound)\"} \(count)")
            }
            lines.append("epom_http_request_seconds_bucket{\(labels),le=\"+Inf\"} \(one.count)")
            lines.append("epom_http_request_seconds_sum{\(labels)} \(one.seconds)")
            lines.append("epom_http_request_seconds_count{\(labels)} \(one.count)")
        }
        for gauge in gauges { lines.append("\(gauge.name) \(gauge.value)") }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// What a request comes by: its row of the route table, filled by the gate and read when the answer is counted.
package final class RouteTrace: Sendable {
    private let pattern = Mutex("none")
    var route: String {
        get { pattern.withLock { $0 } }
        set { pattern.withLock { $0 = newValue } }
    }

    private let templates = Mutex<[String]>([])
    /// Of the pages that the route says it shows; empty where it says none.
    var shown: [String] {
        get { templates.withLock { $0 } }
        set { templates.withLock { $0 = newValue } }
    }

    private let moment = Mutex<(body: ByteBuffer, until: Date)?>(nil)

    /// Says that everybody who comes without a name gets these very bytes until then.
    package func sameForAll(_ body: ByteBuffer, until: Date) { moment.withLock { $0 = (body, until) } }

    var kept: (body: ByteBuffer, until: Date)? { moment.withLock { $0 } }
}
