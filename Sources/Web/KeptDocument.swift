import HTTPTypes
package import Hummingbird
import NIOCore

extension Response {
    /// A canonical HTML document as it is kept: its bytes are not touched, nothing in it may run or load.
    package static func keptDocument(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .cacheControl: "no-store",
                .contentSecurityPolicy:
                    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-modals",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
