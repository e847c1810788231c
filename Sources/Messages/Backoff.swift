/// How long something that failed is left alone: 1 s, 2 s, 4 s … and never more than a quarter of an hour.
package enum Backoff {
    package static let secondsMax = 900

    /// `failures` counts those before, from 0.
    package static func seconds(after failures: Int) -> Int {
        failures >= 10 ? secondsMax : min(secondsMax, 1 << max(0, failures))
    }
}
