namespace AnomalyKit.Parquet.Cells;

/// <summary>Marks the rows whose cell is missing, in an array that is made when there is one.</summary>
internal static class MissingMarks
{
    public static void Put(ref bool[]? marks, int rows, int row, ReadOnlySpan<short> levels, int present)
    {
        if (present == levels.Length || levels.IsEmpty)
            return;
        marks ??= new bool[rows];
        for (int i = 0; i < levels.Length; i++)
            marks[row + i] = levels[i] == 0;
    }
}
