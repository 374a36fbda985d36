namespace AnomalyKit;

/// <summary>Makes tables of no rows.</summary>
internal static class TableColumns
{
    public static FeatureTable Empty(TableSchema schema) => new(schema.Fields.Select(Empty), schema);

    private static TableColumn Empty(TableField field) => field.Kind switch
    {
        ColumnKind.Number => new DoubleColumn(field.Name, default),
        ColumnKind.Boolean => new BooleanColumn(field.Name, default),
        ColumnKind.DateTime => new DateTimeColumn(field.Name, default, isUtc: false),
        _ => new CategoryColumn(field.Name, default, []),
    };
}
