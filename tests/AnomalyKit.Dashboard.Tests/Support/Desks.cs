using AnomalyKit.Dashboard.Answers;
using AnomalyKit.Dashboard.Tables;
using AnomalyKit.Dashboard.Work;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>The parts of a host without the host: what all viewers share, and a desk of one of them.</summary>
internal sealed class Desks : IDisposable
{
    public Desks(Action<AnomalyDashboardOptions>? configure = null)
    {
        var options = new AnomalyDashboardOptions();
        configure?.Invoke(options);
        Options = Microsoft.Extensions.Options.Options.Create(options);
        Budget = new HostBudget(Options);
    }

    public IOptions<AnomalyDashboardOptions> Options { get; }

    public HostBudget Budget { get; }

    public DashboardPlace Place { get; } = new();

    public UploadBook Uploads { get; } = new();

    public DownloadBook Downloads { get; } = new();

    public TableDesk NewDesk() => new(Place, Uploads, Downloads, Budget, Options);

    public AnswerDesk NewAnswers() => new(Options, Budget);

    public void Dispose()
    {
        Place.Dispose();
        Budget.Dispose();
    }
}
