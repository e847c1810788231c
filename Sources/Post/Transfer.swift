import CCurl
import Foundation

/// One use of libcurl, from its settings to its answer; it blocks and stays on one thread.
///
/// Nothing is taken from the environment: no proxy, no `.netrc`.
final class Transfer {
    private let handle: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let exchange = Exchange()

    init(_ address: String, protocols: String, connectSeconds: Double, totalSeconds: Double) throws {
        _ = Self.isReady
        guard let handle = curl_easy_init() else { throw TransferFailure(code: CURLE_FAILED_INIT, answer: 0) }
        self.handle = handle
        try set(CURLOPT_URL, address)
        try set(CURLOPT_PROTOCOLS_STR, protocols)
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(connectSeconds * 1000))
        try set(CURLOPT_TIMEOUT_MS, Int(totalSeconds * 1000))
    }

    deinit {
        curl_easy_cleanup(handle)
        for list in lists { curl_slist_free_all(list) }
    }

    func set(_ option: CURLoption, _ value: Int) throws { try check(epom_curl_long(handle, option, value)) }
    func set(_ option: CURLoption, _ value: String) throws {
        try check(epom_curl_text(handle, option, value))
    }

    func set(_ option: CURLoption, _ values: [String]) throws {
        var list: UnsafeMutablePointer<curl_slist>?
        for value in values {
            guard let longer = curl_slist_append(list, value) else {
                curl_slist_free_all(list)
                throw TransferFailure(code: CURLE_OUT_OF_MEMORY, answer: 0)
            }
            list = longer
        }
        guard let list else { return }
        lists.append(list)
        try check(epom_curl_list(handle, option, list))
    }

    /// Connects only where `policy` allows, whatever the name resolves to.
    func restrict(to policy: NetworkPolicy) throws {
        exchange.policy = policy
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        try check(epom_curl_pointer(handle, CURLOPT_OPENSOCKETDATA, context))
        try check(
            epom_curl_open(handle) { context, _, address in
                guard let context, let address else { return curl_socket_t(CURL_SOCKET_BAD) }
                let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
                guard withUnsafePointer(to: &address.pointee.addr, { exchange.policy.allows($0) }) else {
                    exchange.isForbidden = true
                    return curl_socket_t(CURL_SOCKET_BAD)
                }
                let found = address.pointee
                return socket(found.family, found.socktype | Int32(SOCK_CLOEXEC.rawValue), found.protocol)
            }
        )
    }

    /// Sends `bytes` as the upload, when libcurl asks for them.
    func upload(_ bytes: [UInt8]) throws {
        exchange.sent = bytes[...]
        try set(CURLOPT_UPLOAD, 1)
        try check(epom_curl_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(bytes.count)))
        try check(epom_curl_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(exchange).toOpaque()))
        try check(
            epom_curl_callback(handle, CURLOPT_READFUNCTION) { buffer, size, count, context in
                guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
                let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
                return exchange.give(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
            }
        )
    }

    /// Sends `bytes` as the body of a POST.
    func post(_ bytes: [UInt8]) throws {
        try set(CURLOPT_POST, 1)
        try check(epom_curl_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
        var bytes = bytes
        // libcurl copies the bytes here.
        try bytes.withUnsafeMutableBytes { buffer in
            try check(epom_curl_pointer(handle, CURLOPT_COPYPOSTFIELDS, buffer.baseAddress))
        }
    }

    /// Runs the transfer; the answer's body may have `bytesMax` bytes at most.
    func perform(answerBytesMax bytesMax: Int) throws -> Answer {
        exchange.room = bytesMax
        try check(epom_curl_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(exchange).toOpaque()))
        try check(
            epom_curl_callback(handle, CURLOPT_WRITEFUNCTION) { buffer, size, count, context in
                guard let buffer, let context else { return 0 }
                let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
                return exchange.take(UnsafeRawBufferPointer(start: buffer, count: size * count))
            }
        )
        let code = curl_easy_perform(handle)
        var status = 0
        epom_curl_answer(handle, &status)
        guard code == CURLE_OK else {
            throw TransferFailure(
                code: code,
                answer: status,
                isTooLarge: exchange.isTooLarge,
                isForbidden: exchange.isForbidden
            )
        }
        var type: UnsafePointer<CChar>?
        epom_curl_content_type(handle, &type)
        var retryAfter: curl_off_t = 0
        epom_curl_retry_after(handle, &retryAfter)
        return Answer(
            status: status,
            contentType: type.map { String(cString: $0) },
            retryAfterSeconds: Int(retryAfter),
            body: exchange.received
        )
    }

    struct Answer {
        let status: Int
        let contentType: String?
        /// 0 when the other side did not say.
        let retryAfterSeconds: Int
        let body: [UInt8]
    }

    private func check(_ code: CURLcode) throws {
        guard code == CURLE_OK else { throw TransferFailure(code: code, answer: 0) }
    }

    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

/// What libcurl asks for and gives while it works, always on the thread that runs the transfer.
private final class Exchange {
    var sent: ArraySlice<UInt8> = []
    var received: [UInt8] = []
    var room = 0
    var isTooLarge = false
    var policy = NetworkPolicy.any
    var isForbidden = false

    func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let some = sent.prefix(buffer.count)
        buffer.copyBytes(from: some)
        sent = sent.dropFirst(some.count)
        return some.count
    }

    /// Fewer than were offered stops the transfer.
    func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count <= room else {
            isTooLarge = true
            return 0
        }
        room -= bytes.count
        received.append(contentsOf: bytes)
        return bytes.count
    }
}

/// libcurl gave up.
struct TransferFailure: Error, CustomStringConvertible {
    let code: CURLcode
    /// The last code that the other side answered; 0 for none.
    let answer: Int
    var isTooLarge = false
    /// The name led to a network where nothing may be sent.
    var isForbidden = false

    var isTimeout: Bool { code == CURLE_OPERATION_TIMEDOUT }

    /// The other side's certificate, or its willingness to encrypt.
    var isTrust: Bool {
        let codes = [
            CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_USE_SSL_FAILED,
            CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
        ]
        return codes.contains(code)
    }

    var description: String {
        let said = String(cString: curl_easy_strerror(code))
        return answer == 0 ? said : "\(said) (\(answer))"
    }
}
