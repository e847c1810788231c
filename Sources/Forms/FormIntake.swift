import Database
import Files
import Foundation
import Office
import Sealing

/// From valid answers to a filing: who, where, and the filled form as a document.
struct FormIntake: Sendable {
    let desk: any SubmissionDesk
    let register: any OfficeRegister

    /// Who will get it, as the counter will find; nil where the question cannot be answered yet.
    func finding(_ service: String, _ answers: ValidAnswers, at office: TenantName, on day: Day) async throws
        -> CompetenceFinding?
    {
        do {
            return try await register.competentOffice(
                for: CompetenceQuestion(
                    serviceCode: service,
                    places: answers.places,
                    chosen: office,
                    day: day
                )
            )
        } catch let refusal as any Refusal where refusal.kind == .invalid {
            return nil
        }
    }

    /// The form is headed with the office that gets it, wherever it was filled in.
    func handIn(
        _ answers: ValidAnswers,
        of form: OfferedForm,
        key: DraftKey,
        host: TenantName,
        officeName: String,
        user: UUID?,
        today: Day
    ) async throws -> FilingReceipt {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let values = String(decoding: try encoder.encode(answers.values), as: UTF8.self)
        let subject = answers.meanings[.subject]
        let finding = try await finding(form.definition.service, answers, at: host, on: today)
        let filled = FilledForm(
            office: finding?.authority ?? finding?.officeName ?? FilledForm.undecided,
            handedInAt: officeName,
            definition: form.definition,
            answers: answers
        )
        return try await desk.accept(
            Filing(
                host: host,
                formCode: form.definition.code,
                formDigest: form.digest.hex,
                serviceCode: form.definition.service,
                title: subject.map { "\(form.definition.title): \($0.prefix(120))" } ?? form.definition.title,
                answers: values,
                filledForm: filled.html,
                attachments: answers.files.map {
                    AttachedFile(
                        digest: $0.digest.hex,
                        name: $0.name,
                        mediaType: $0.type.contentType,
                        bytes: $0.bytes
                    )
                },
                submitter: Submitter(answers),
                places: answers.places,
                chosenOffice: nil,
                idempotencyKey: key.bytes,
                userID: user
            )
        )
    }
}

extension ValidAnswers {
    /// By criterion; whoever is in business has a seat in the place of business (§ 11 of act 500/2004).
    var places: [TerritorialCriterion: Place] {
        var places: [TerritorialCriterion: Place] = [:]
        for (criterion, place) in placesByCriterion {
            guard let municipality = place.municipality else { continue }
            places[criterion] = Place(municipality: municipality, part: place.part)
        }
        if places[.seat] == nil { places[.seat] = places[.placeOfBusiness] }
        return places
    }
}

extension Submitter {
    init(_ answers: ValidAnswers) {
        let told = answers.meanings
        let person = [told[.givenName], told[.familyName]].compactMap { $0 }.joined(separator: " ")
        let kind: Kind =
            switch told[.senderKind] {
            case "PO": .legalPerson
            case "PFO": .entrepreneur
            default: person.isEmpty ? .anonymous : .person
            }
        let name = kind == .legalPerson ? told[.businessName] ?? "" : person
        self.init(
            kind: name.isEmpty ? .anonymous : kind,
            name: name.isEmpty ? "bez uvedení jména" : name,
            birthDate: told[.birthDate].flatMap { Day($0) },
            ico: told[.companyNumber],
            address: told[.deliveryAddress] ?? told[.residence] ?? told[.seat] ?? told[.businessPlace] ?? "",
            email: told[.email],
            phone: told[.phone],
            dataBox: told[.dataBox]
        )
    }
}
