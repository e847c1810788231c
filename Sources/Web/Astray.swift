import HTTPTypes
import Hummingbird

/// Brings the router's own errors to the reception, which answers them with a page; the router would answer
/// with nothing but a status.
struct Astray: RouterMiddleware {
    typealias Context = Visit

    struct Stopped: Error {
        let status: HTTPResponse.Status
    }

    func handle(
        _ request: Request,
        context: Visit,
        next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            throw Stopped(status: error.status)
        }
    }
}
