using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>What one search on some of the rows found.</summary>
/// <param name="Default">The trainer as it is.</param>
/// <param name="Trials">All trials, by number.</param>
/// <param name="Best">One of them, or the default.</param>
/// <param name="Setting">The setting of the best.</param>
/// <param name="FoldCount">The folds that were made.</param>
internal sealed record PassResult(SearchTrial Default, IReadOnlyList<SearchTrial> Trials, SearchTrial Best, Setting Setting, int FoldCount);
