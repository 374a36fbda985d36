namespace AnomalyKit.Tests.Database;

/// <summary>A test that needs a PostgreSQL server, and is skipped where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.SkipReason;
}
