import Testing

@testable import Sealing

@Suite("The chain of the log")
struct HashChainTests {
    static func entry(_ number: Int, _ what: String, _ note: String?) -> CanonicalBytes {
        var entry = CanonicalBytes()
        entry.append(number: number)
        entry.append(text: what)
        entry.append(text: note)
        return entry
    }

    @Test("canonical bytes are length and content")
    func canonical() {
        #expect(
            Hex.text(Self.entry(1, "č", nil).bytes)
                == "00000008" + "0000000000000001" + "00000002" + "c48d" + "ffffffff"
        )
        var minus = CanonicalBytes()
        minus.append(number: -2)
        minus.append(text: "")
        minus.append([0xFF, 0xFF] as [UInt8]?)
        #expect(Hex.text(minus.bytes) == "00000008fffffffffffffffe" + "00000000" + "00000002ffff")
    }

    @Test("no two lists of fields have the same bytes")
    func unambiguous() {
        #expect(Self.entry(1, "ab", "c") != Self.entry(1, "a", "bc"))
        #expect(Self.entry(1, "a", nil) != Self.entry(1, "a", ""))
    }

    // Computed from the documented form by Postgres 15 (the functions named there) and by Python.
    @Test("the links are those that another program computes")
    func vectors() {
        #expect(
            HashChain.genesis(of: "m_563510").hex
                == "613fe5b1cebf46fff5fa1b0ead777fe3c980d2f2867ea97c6fb208a0920e7a36"
        )
        let chain = Self.chain(2)
        #expect(chain[0].link.hex == "f9977ee1c5426094cca4192b96bcafadd480d15d10b858eb604c1f5d10f7ce1d")
        #expect(chain[1].link.hex == "b1e505bb91bb6cf2d98ea330b5df50721862bfb85873570cea37edda8fcd7d4e")
    }

    static func chain(_ count: Int) -> [(entry: CanonicalBytes, link: Digest)] {
        var head = HashChain.genesis(of: "m_563510")
        return (1...count).map { number in
            let entry = entry(number, "úkon", number.isMultiple(of: 2) ? nil : "pozn.")
            head = HashChain.link(after: head, entry: entry)
            return (entry, head)
        }
    }

    @Test("a whole chain has no break and ends in its head")
    func whole() {
        let chain = Self.chain(20)
        var head = HashChain.genesis(of: "m_563510")
        #expect(HashChain.firstBreak(in: chain, after: &head) == nil)
        #expect(head == chain[19].link)
        #expect(HashChain.firstBreak(in: chain.prefix(0), after: &head) == nil)
    }

    @Test("a chain of another office does not fit")
    func genesisOfAnother() {
        var head = HashChain.genesis(of: "m_563511")
        #expect(HashChain.firstBreak(in: Self.chain(3), after: &head) == 0)
    }

    @Test("a changed, removed, swapped or inserted entry shows where")
    func tampered() {
        let chain = Self.chain(20)
        func firstBreak(_ change: (inout [(entry: CanonicalBytes, link: Digest)]) -> Void) -> Int? {
            var changed = chain
            change(&changed)
            var head = HashChain.genesis(of: "m_563510")
            return HashChain.firstBreak(in: changed, after: &head)
        }
        #expect(firstBreak { $0[7].entry = Self.entry(8, "jiný", nil) } == 7)
        #expect(firstBreak { $0[7].link = $0[6].link } == 7)
        #expect(firstBreak { $0.remove(at: 0) } == 0)
        #expect(firstBreak { $0.remove(at: 12) } == 12)
        #expect(firstBreak { $0.swapAt(18, 19) } == 18)
        #expect(firstBreak { $0.insert($0[3], at: 4) } == 4)
        // What a chain cannot show: its end is missing. Hence the anchored head.
        #expect(firstBreak { $0.removeLast() } == nil)
    }
}
