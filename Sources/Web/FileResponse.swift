package import Files
import HTTPTypes
package import Hummingbird
import NIOCore
package import Office

extension Response {
    /// A stored file, streamed; shown in the browser only where nothing in it can run.
    package static func file(_ body: FileBody, _ file: AttachedFile) -> Response {
        let type = MediaType.allCases.first { $0.contentType == file.mediaType } ?? .unknown
        let disposition = HTTPField.Name.named("Content-Disposition")
        return Response(
            status: .ok,
            headers: [
                .contentType: type.contentType,
                .cacheControl: "private, no-store",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
                disposition: FileName(cleaning: file.name, type: type).contentDisposition(type),
            ],
            body: ResponseBody(contentLength: body.byteCount) { writer in
                for try await chunk in body { try await writer.write(ByteBuffer(bytes: chunk)) }
                try await writer.finish(nil)
            }
        )
    }
}
