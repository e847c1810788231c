import Database
import Foundation
import Office

/// What a receipt, a list and the console must say alike.
protocol Standing {
    var status: SubmissionStatus { get }
    var confirmBy: Day? { get }
    var confirmedBy: ConfirmationMeans? { get }
    var office: TenantName? { get }
    var reachedAt: Date? { get }
}

extension Submission: Standing {}
extension SubmissionLine: Standing {}

extension Standing {
    private var isUnconfirmed: Bool { lastDayToConfirm != nil && !status.isFinal }
    /// Nothing can be confirmed before an office has it: the term begins with its arrival (§ 37(4) and (6) of act
    /// 500/2004).
    var needsConfirmation: Bool { isUnconfirmed && reachedAt != nil }
    var confirmsLater: Bool { isUnconfirmed && reachedAt == nil }
    var lastDayToConfirm: Day? { confirmedBy == nil ? confirmBy : nil }

    /// Whatever the office does meanwhile, the person reads first that the confirmation is missing.
    func shownStatus(isStranded: Bool) -> SubmissionStatus {
        if isStranded || confirmsLater && status == .awaitingConfirmation { return .received }
        return needsConfirmation ? .awaitingConfirmation : status
    }

    func isWaiting(isStranded: Bool) -> Bool {
        isStranded || shownStatus(isStranded: isStranded).waitsForPerson
    }

    /// A decision tells more than that a clerk has the matter.
    var tellsItsStage: Bool { status == .assigned && !needsConfirmation }

    /// The office that it has yet to reach; where that cannot take it in, it is stranded.
    var officeAhead: TenantName? { reachedAt == nil && !status.isFinal ? office : nil }
}

extension SubmissionPage {
    /// `host` is the address under which the receipt is shown.
    ///
    /// A stranded one waits for an office that cannot take it in yet; nothing can be confirmed there meanwhile.
    init(
        _ submission: Submission,
        _ steps: [SubmissionStep],
        secret: String,
        isNew: Bool,
        isStranded: Bool,
        host: String,
        contact: OfficeContact?,
        payment: PaymentBox?,
        today: Day
    ) {
        let deadline = submission.status.isFinal ? nil : steps.officeTerm
        let stage = submission.tellsItsStage ? Outcome(steps).stage : nil
        let isHandedOver = steps.contains { $0.event == .handedOver }
        let isAhead = isStranded || submission.officeAhead != nil
        self.init(
            title: isNew ? "Podání jsme přijali" : submission.title,
            code: submission.code,
            secret: secret,
            path: "/podani/\(submission.code)/\(secret)",
            trackedAt: "\(host)/sledovani",
            isNew: isNew,
            accepted: submission.acceptedAt.czech,
            service: submission.title,
            office: submission.officeName.isEmpty ? "určí pracoviště kraje" : submission.officeName,
            contact: contact?.place,
            dataBox: contact?.dataBox,
            submitter: submission.submitter.name,
            reference: submission.referenceNumber,
            assignee: submission.assignee,
            status: stage ?? submission.shownStatus(isStranded: isStranded).czech,
            meaning: isAhead
                ? "Podání máme uložené, úřadu ale zatím nedošlo."
                : Self.meaning(submission, steps, isHandedOver: isHandedOver, today: today),
            deadline: deadline?.czech,
            isFinal: submission.status.isFinal,
            isGood: submission.status.isGood,
            isWaiting: submission.isWaiting(isStranded: isStranded),
            explanation: submission.explanation,
            times: Self.times(submission, isHandedOver: isHandedOver),
            steps: Self.way(
                submission,
                steps,
                isStranded: isStranded,
                payment: payment
            ),
            needsConfirmation: submission.needsConfirmation,
            confirmBy: submission.confirmBy?.czech ?? "",
            confirmationLaw: submission.regime.confirmationLaw,
            confirmed: submission.confirmedBy.map { means in
                "Potvrzeno \(means.czech)\(submission.confirmedOn.map { " \($0.czechShort)" } ?? "")."
            },
            digest: submission.filledDigest,
            files: submission.attachments.map {
                AttachmentLine(name: $0.name, size: byteSize($0.bytes), digest: $0.digest)
            },
            hasFiles: !submission.attachments.isEmpty,
            waitsForRegion: submission.office == nil,
            isStranded: isStranded,
            isOnTheWay: isAhead && !isStranded,
            strandedLaw: Self.arrivalLaw(submission),
            confirmsLater: submission.confirmsLater,
            payment: payment
        )
    }

    private static func meaning(
        _ submission: Submission,
        _ steps: [SubmissionStep],
        isHandedOver: Bool,
        today: Day
    ) -> String {
        let status = submission.shownStatus(isStranded: false)
        if status == .filedElsewhere, isHandedOver {
            return "Podání úřadu předalo pracoviště kraje; dál je vyřizuje úřad.".unbroken
        }
        let meaning = status.meaning(under: submission.regime)
        let outcome = Outcome(steps)
        let isDecided = submission.tellsItsStage && outcome.stage != nil
        return status == .settled || isDecided ? outcome.sentence(on: today, else: meaning) : meaning
    }

    /// Of what the region's desk handed over, the day alone was entered, and nobody told when it was registered.
    private static func times(_ submission: Submission, isHandedOver: Bool) -> [TimeLine] {
        let reached = submission.reachedAt.map { isHandedOver ? Day(of: $0).czechShort : $0.czech }
        return [
            TimeLine(name: "Přijato podatelnou kraje", value: submission.acceptedAt.czech),
            TimeLine(
                name: "Došlo příslušnému úřadu\(arrivalLaw(submission))",
                value: reached ?? "zatím ne"
            ),
            TimeLine(
                name: "Zaevidováno úřadem",
                value: submission.registeredAt?.czech ?? (isHandedOver ? "úřad sem nehlásí" : "zatím ne")
            ),
        ]
    }

    private static func arrivalLaw(_ submission: Submission) -> String {
        submission.regime.arrivalLaw.map { " (\($0))" } ?? ""
    }

    /// What happened, and at its end who acts next.
    private static func way(
        _ submission: Submission,
        _ steps: [SubmissionStep],
        isStranded: Bool,
        payment: PaymentBox?
    )
        -> [StepLine]
    {
        var lines = [
            StepLine(
                at: submission.acceptedAt.czech,
                office: "Podatelna kraje",
                status: SubmissionStatus.received.czech,
                meaning: "Podání jsme bezpečně uložili.",
                note: "",
                isNow: steps.isEmpty,
                isNext: false
            )
        ]
        for (index, step) in steps.enumerated() {
            let isLast = index == steps.count - 1
            let before = index == 0 ? nil : steps[index - 1]
            let isPlain = step.event == nil && step.status != before?.status
            let saysItself =
                [.awaitingConfirmation, .settled].contains(step.status) && !step.note.isEmpty
            lines.append(
                StepLine(
                    at: step.shownAt,
                    office: step.office,
                    status: step.czech,
                    meaning: !isPlain || saysItself || step.status == .assigned
                        ? "" : step.status.meaning(under: submission.regime),
                    note: step.note,
                    // What was cancelled is not paid any more.
                    link: steps[index...].contains { $0.event == .feeCancelled } ? "" : step.link,
                    isNow: isLast && !step.status.isFinal,
                    isNext: false
                )
            )
        }
        if let payment, payment.isPaid {
            lines.append(
                StepLine(
                    at: "",
                    office: submission.officeName,
                    status: "zaplaceno",
                    meaning: "Poplatek je podle účetních knih úřadu zaplacený.",
                    note: "",
                    isNow: false,
                    isNext: false
                )
            )
        }
        let letters = steps.last { [.dispatched, .issued, .delivered, .decided].contains($0.event) }
        return lines
            + next(
                submission,
                isStranded: isStranded,
                owes: payment.flatMap { $0.isPaid ? nil : $0 },
                isDecided: Outcome(steps).stage != nil,
                awaitsLetter: letters.map { [.dispatched, .issued].contains($0.event) } ?? false
            )
    }

    private static func next(
        _ submission: Submission,
        isStranded: Bool,
        owes: PaymentBox?,
        isDecided: Bool,
        awaitsLetter: Bool
    ) -> [StepLine] {
        func step(_ who: String, _ what: String, _ meaning: String) -> StepLine {
            StepLine(
                at: "",
                office: who,
                status: what,
                meaning: meaning,
                note: "",
                isNow: false,
                isNext: true
            )
        }
        let paying = owes.map {
            step("Vy", "dál: zaplatíte poplatek", $0.isLate ? "" : "Nejpozději \($0.due).")
        }
        guard !submission.status.isFinal else { return paying.map { [$0] } ?? [] }
        let idle = submission.needsConfirmation ? "" : "Nemusíte dělat nic."
        guard submission.office != nil else {
            return [step("Pracoviště kraje", "dál: určí příslušný úřad", idle)]
        }
        let office = submission.officeName
        if isStranded {
            return [
                step(
                    "Pracoviště kraje",
                    "dál: předá podání úřadu",
                    "Úřad (\(office)) tu zatím není připojený."
                )
            ]
        }
        if submission.officeAhead != nil {
            return [step("Podatelna kraje", "dál: předá podání úřadu", idle)]
        }
        if submission.needsConfirmation {
            return [
                step("Vy", "dál: podání potvrdíte", "Nejpozději \(submission.confirmBy?.czech ?? "")."),
                step(office, "potom: úřad věc vyřídí", ""),
            ]
        }
        if submission.status == .filedElsewhere {
            let how = submission.referenceNumber == nil ? "." : " pod jeho číslem jednacím."
            return [step(office, "dál: úřad věc vyřídí", "Ptejte se přímo úřadu\(how)")]
        }
        if submission.registeredAt == nil {
            return [step(office, "dál: úřad podání zaeviduje", idle)]
        }
        if submission.status == .supplementRequested {
            return [step("Vy", "dál: doplníte, co úřad žádá", "Řiďte se výzvou, kterou vám doručí.")]
        }
        if let paying {
            // The office takes a fee's notice for known whether it is paid or not.
            let waits = submission.regime == .tax ? "zároveň" : "potom"
            return [paying, step(office, "\(waits): úřad věc vyřídí", "")]
        }
        let wait = awaitsLetter ? "Písemnost, kterou vám úřad poslal, si prosím převezměte." : idle
        return [step(office, isDecided ? "dál: úřad věc uzavře" : "dál: úřad věc vyřídí", wait)]
    }
}
