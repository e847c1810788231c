/// The size of a file as people read it: `303 B`, `12 kB`, `1,5 MB`; a kilobyte is a thousand bytes.
package func byteSize(_ bytes: Int) -> String {
    switch bytes {
    case ..<1000: "\(bytes)\u{a0}B"
    case ..<10_000: tenths(bytes, of: 1000) + "\u{a0}kB"
    case ..<1_000_000: "\((bytes + 500) / 1000)\u{a0}kB"
    default: tenths(bytes, of: 1_000_000) + "\u{a0}MB"
    }
}

private func tenths(_ bytes: Int, of unit: Int) -> String {
    let tenths = (bytes * 10 + unit / 2) / unit
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10),\(tenths % 10)"
}
