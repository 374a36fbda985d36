namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Rows in lanes: groups of as many as a vector holds.</summary>
/// <param name="Cells">For each group, one vector per column.</param>
/// <param name="Contributions">For each group, one vector per group of columns.</param>
/// <param name="Scratch">Room to work in.</param>
/// <param name="Count">The number of groups.</param>
/// <param name="Columns">Columns per row.</param>
/// <param name="ColumnGroups">Contributions per row.</param>
internal readonly unsafe record struct RowGroups(nint Cells, nint Contributions, nint Scratch, int Count, int Columns, int ColumnGroups);
