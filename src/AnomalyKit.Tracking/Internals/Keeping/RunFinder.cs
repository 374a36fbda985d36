using System.Text;
using AnomalyKit.Storage;

namespace AnomalyKit.Keeping;

/// <summary>Finds the numbers of the runs that a query means, in its order.</summary>
internal static class RunFinder
{
    /// <param name="session">The transaction.</param>
    /// <param name="query">The query.</param>
    /// <param name="dead">The owners that are gone.</param>
    public static List<long> Find(StoreSession session, RunQuery query, IEnumerable<long> dead)
    {
        var values = new List<object?>();
        var sql = new StringBuilder("SELECT r.id FROM runs r");
        if (query.OrderByMetric is { } metric)
            sql.Append($" LEFT JOIN metrics o ON o.run = r.id AND o.name = {Parameter(values, metric)}");
        sql.Append(" WHERE 1");
        if (query.Experiment is { } experiment)
            sql.Append($" AND r.experiment = (SELECT id FROM experiments WHERE name = {Parameter(values, experiment)})");
        if (query.ParentRunId is { } parent)
            sql.Append($" AND r.parent = {Parameter(values, parent)}");
        if (query.Status is { } status)
        {
            // Lost runs are those that are kept as running by somebody who is gone.
            sql.Append($" AND r.status = {Parameter(values, (long)(status == RunStatus.Lost ? RunStatus.Running : status))}");
            if (status is RunStatus.Lost or RunStatus.Running)
                sql.Append($" AND r.owner {(status == RunStatus.Lost ? "IN" : "NOT IN")} (SELECT value FROM json_each({Parameter(values, $"[{string.Join(',', dead)}]")}))");
        }

        foreach (var condition in query.Conditions)
            Append(sql, values, condition);
        string direction = query.IsAscending ? "ASC" : "DESC";
        sql.Append(" ORDER BY ");
        if (query.OrderByMetric is not null)
            sql.Append($"o.value IS NULL, o.value {direction}, ");
        // The identifier is unique, so that equal runs keep one order.
        sql.Append(query.OrderByMetric is null && query.IsAscending ? "r.started ASC, r.run_id ASC" : "r.started DESC, r.run_id ASC");
        if (query.MaxCount is { } limit)
            sql.Append($" LIMIT {Parameter(values, (long)limit)}");
        return session.ListOnce(sql.ToString(), row => row.GetInt64(0), [.. values]);
    }

    private static void Append(StringBuilder sql, List<object?> values, RunCondition condition)
    {
        var (table, value) = condition.Field switch
        {
            RunField.Metric => ("metrics", (object)condition.Number),
            RunField.Parameter => ("parameters", condition.Value),
            _ => ("tags", condition.Value),
        };
        sql.Append($" AND EXISTS (SELECT 1 FROM {table} c WHERE c.run = r.id AND c.name = {Parameter(values, condition.Name)} AND c.value {condition.Sign} {Parameter(values, value)})");
    }

    private static string Parameter(List<object?> values, object? value)
    {
        values.Add(value);
        return $"?{values.Count}";
    }
}
