using System.Globalization;

namespace AnomalyKit;

/// <summary>What a worker says of a trial that it holds.</summary>
/// <param name="State">
/// <see cref="TrialState.Waiting"/> after a rung, <see cref="TrialState.Finished"/> after the last one, <see cref="TrialState.Failed"/>.
/// </param>
/// <param name="Value">The value at the rung; null where it failed.</param>
/// <param name="Problem">Why it failed; null where it did not.</param>
public sealed record TrialReport(TrialState State, double? Value, string? Problem)
{
    /// <summary>The trial reached a rung, and waits for the others of its round.</summary>
    /// <param name="value">Its value there, finite.</param>
    /// <returns>The report.</returns>
    public static TrialReport Reached(double value) => new(TrialState.Waiting, Finite(value), null);

    /// <summary>The trial came to its end.</summary>
    /// <param name="value">Its value, finite.</param>
    /// <returns>The report.</returns>
    public static TrialReport Finished(double value) => new(TrialState.Finished, Finite(value), null);

    /// <summary>The trial failed.</summary>
    /// <param name="problem">Why, in one line.</param>
    /// <returns>The report.</returns>
    public static TrialReport Failed(string problem) => new(TrialState.Failed, null, problem ?? throw new ArgumentNullException(nameof(problem)));

    /// <summary>For people.</summary>
    /// <returns>For example <c>Finished, 0.83</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(State == TrialState.Waiting ? "Reached a rung" : State)}, {(object?)Value ?? Problem}");

    private static double Finite(double value) => double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A value must be finite; report the trial as failed.");
}
