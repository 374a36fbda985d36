namespace AnomalyKit.Quality;

/// <summary>How far a run is.</summary>
/// <param name="Done">Sets finished.</param>
/// <param name="Total">Sets of the folder.</param>
/// <param name="Set">The set at work.</param>
/// <param name="Step">What is being done with it.</param>
internal readonly record struct QualityProgress(int Done, int Total, string Set, string Step);
