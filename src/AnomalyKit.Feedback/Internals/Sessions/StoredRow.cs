namespace AnomalyKit.Feedback.Sessions;

/// <summary>A row with an answer, as it was when it was answered: it goes on teaching where later rows do not have it.</summary>
/// <param name="Features">Where it lies.</param>
/// <param name="Prior">Its odds before any answer, as a logarithm.</param>
internal sealed record StoredRow(float[] Features, double Prior);
