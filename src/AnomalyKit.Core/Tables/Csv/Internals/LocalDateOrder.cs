namespace AnomalyKit.Csv;

/// <summary>What a date begins with.</summary>
internal enum LocalDateOrder
{
    DayFirst,
    MonthFirst,
    YearFirst,
}
