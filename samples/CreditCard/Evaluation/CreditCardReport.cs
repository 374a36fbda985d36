using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Protocols;
using AnomalyKit.Samples.CreditCard.Reporting;

namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>All that came out of an evaluation.</summary>
internal sealed record CreditCardReport
{
    public required CreditCardData Data { get; init; }

    public required MachineInfo Machine { get; init; }

    /// <summary>The protocols that were run.</summary>
    public required IReadOnlyList<EvaluationProtocol> Protocols { get; init; }

    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>The scores of each run, in the order of <see cref="Runs"/>.</summary>
    public required IReadOnlyList<RunScores> Scores { get; init; }

    /// <summary>Why the alerts of one run are alerts.</summary>
    public required AlertReasons Reasons { get; init; }

    /// <summary>What moved under the temporal protocol, run by run; empty where it was not run.</summary>
    public required IReadOnlyList<DayTwo> DayTwo { get; init; }

    /// <summary>Seconds from the start of reading to the last picture.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>The most memory that the process held, in bytes, or null where the system does not say.</summary>
    public required long? PeakBytes { get; init; }
}
