using System.Globalization;
using AnomalyKit.Explaining;

namespace AnomalyKit;

/// <summary>Why a row is an alert, or is none, in words.</summary>
public sealed class Explanation
{
    private const int MaxFilledSentences = 3;

    internal Explanation(Attribution attribution, double threshold, IReadOnlyList<Reason> reasons, Counterfactual? counterfactual, bool wasSearched)
    {
        Attribution = attribution;
        Threshold = threshold;
        Reasons = reasons;
        Counterfactual = counterfactual;
        WasSearched = wasSearched;
    }

    /// <summary>The contributions of all columns.</summary>
    public Attribution Attribution { get; }

    /// <summary>The row's score.</summary>
    public float Score => Attribution.Score;

    /// <summary>A row is an alert if its score is greater.</summary>
    public double Threshold { get; }

    /// <summary>The estimated probability that an ordinary row scores at least as high, above 0 and at most 1. Null where the detector has no calibration that gives it (<see cref="TailCalibrator"/>).</summary>
    public double? PValue { get; internal init; }

    /// <summary>Whether <see cref="PValue"/> is the least that the calibration can give. Rows that score higher have the same one: compare their scores instead, or set more rows aside for the calibration.</summary>
    public bool IsLeastPValue => LeastPValueRows is not null;

    /// <summary>How many rows the least p-value comes from; null where this is not the least one.</summary>
    internal int? LeastPValueRows { get; init; }

    /// <summary>Whether the row is an alert.</summary>
    public bool IsAnomaly => Score > Threshold;

    /// <summary>
    /// The columns that speak against the row; empty where none speaks against it. Where the detector finds cells that are wrong (<see cref="RowAttributor.FindCells"/>), these are the reasons, the greatest deviation first.
    /// Otherwise those come first whose contributions lie furthest above what is typical of them (<see cref="Reason.TypicalContribution"/>), and columns that contribute no more than they do to an ordinary row are left out, unless that is
    /// all of them. So are columns that go beyond the ordinary by less than a fiftieth of what the column does that goes furthest, and usual values that go beyond it by less than a fifth of that; of usual levels also those that contribute no more than they do to nine in ten rows that have them. A column that <see cref="Counterfactual"/> changes is a reason
    /// as well, after the others and as far as there is room, if it speaks against the row.
    /// </summary>
    public IReadOnlyList<Reason> Reasons { get; }

    /// <summary>How many numbers of the row lie outside the range that 9 in 10 training rows have; 0 where the detector keeps no profile. One in ten is usual.</summary>
    public int UnusualNumberCount => Breadth.Unusual;

    /// <summary>The cells that the row lacks and that were filled in, in the order of the columns; empty where none was. What stands in their place may be what does not fit the rest of the row.</summary>
    public IReadOnlyList<FilledCell> FilledCells { get; internal init; } = [];

    /// <summary>The smallest change found that would end the alert. Null if the row is not an alert, if no change was found, or if none was asked for.</summary>
    public Counterfactual? Counterfactual { get; }

    /// <summary>Whether a change that ends the alert was looked for.</summary>
    public bool WasSearched { get; }

    internal RowBreadth Breadth { get; init; }

    /// <summary>
    /// All of it as sentences: the decision, the p-value where there is one, that the row is unusual as a whole if at least half of six or more numbers are, and more than are named as reasons (<see cref="UnusualNumberCount"/>), the reasons, what was filled in, and the change that would end the alert.
    /// </summary>
    public IEnumerable<string> Sentences
    {
        get
        {
            string digits = Digits();
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The score {Score.ToString(digits, CultureInfo.InvariantCulture)} is {(IsAnomaly ? "above" : "not above")} the threshold {Threshold.ToString(digits, CultureInfo.InvariantCulture)}: {(IsAnomaly ? "an alert" : "no alert")}.");
            if (PValue is { } least && LeastPValueRows is { } rows)
                yield return string.Create(CultureInfo.InvariantCulture, $"The p-value is {least:G2}, the least that {rows:N0} calibration rows can give: at most {ShareText.Exact(least)} of ordinary rows are expected to score as high. Rows that score higher have the same p-value.");
            else if (PValue is { } p)
                yield return string.Create(CultureInfo.InvariantCulture, $"The p-value is {p:G2}: {ShareText.Exact(p)} of ordinary rows are expected to score at least as high.");
            if (IsAnomaly && Breadth.IsWide && Breadth.Unusual > Reasons.Count)
                yield return string.Create(CultureInfo.InvariantCulture, $"The row is unusual as a whole: {Breadth.Unusual} of its {Breadth.Compared} numbers lie outside the range that 9 in 10 training rows have.");
            foreach (var reason in Reasons)
                yield return reason.Sentence;
            foreach (string sentence in FilledSentences())
                yield return sentence;
            if (Reasons.Count == 0 && Attribution.Top(1).Count == 0)
                yield return "No column speaks against the row.";
            if (Counterfactual is not null)
                yield return Counterfactual.ToString();
            else if (WasSearched)
                yield return "No change of one or two columns that was tried ends the alert.";
        }
    }

    // A reason says it of its own cell.
    private IEnumerable<string> FilledSentences()
    {
        FilledCell[] cells = [.. FilledCells.Where(cell => Reasons.All(reason => reason.ColumnName != cell.ColumnName))];
        if (cells.Length <= MaxFilledSentences)
            return cells.Select(cell => cell.ToString());
        string rest = string.Join(", ", cells.Skip(MaxFilledSentences - 1).Select(cell => cell.ColumnName));
        return [.. cells.Take(MaxFilledSentences - 1).Select(cell => cell.ToString()), $"Missing and filled in, too: {rest}."];
    }

    /// <summary>Four digits, or as many as it takes to tell a score from a threshold beside it.</summary>
    private string Digits()
    {
        int digits = 4;
        while (digits < 9 && Score != Threshold && Score.ToString($"G{digits}", CultureInfo.InvariantCulture) == Threshold.ToString($"G{digits}", CultureInfo.InvariantCulture))
            digits++;
        return $"G{digits}";
    }

    /// <summary>All sentences, one a line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Sentences);
}
