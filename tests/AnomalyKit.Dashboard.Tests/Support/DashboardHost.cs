using System.Globalization;
using System.Text;
using AnomalyKit.Dashboard.Live;
using AnomalyKit.Dashboard.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>A host with a dashboard on a free port of this machine, two runs and a model whose names try to be markup.</summary>
public sealed class DashboardHost : IAsyncLifetime
{
    public const int WindowRows = 200;
    public const string Evil = "</script><img src=x onerror=alert(1)>\u2028<!--<script>";
    public const string FormulaWord = "=1+1";
    public const string ProxyOrigin = "https://dash.example.org";

    private readonly string _folder = Directory.CreateTempSubdirectory("dashboard-tests-").FullName;
    private WebApplication _app = null!;

    internal string Store => Path.Combine(_folder, "runs.db");

    internal string Answers => Path.Combine(_folder, "answers.akf");

    /// <summary>A file of 100,000 rows; made anew whenever it is asked for.</summary>
    internal string LargeTable
    {
        get
        {
            string path = Path.Combine(_folder, "large.csv");
            Write(path, 100_000);
            return path;
        }
    }

    internal string LocalTable => Path.Combine(_folder, "local.csv");

    internal string SmallTable => Path.Combine(_folder, "small.csv");

    internal TableDetector Detector { get; private set; } = null!;

    internal Uri Address { get; private set; } = null!;

    internal List<string> RunIds { get; } = [];

    internal IServiceProvider Services => _app.Services;

    internal LiveCollector Collector => Services.GetRequiredService<LiveCollector>();

    internal string[] TemporaryFiles => [.. Directory.GetFiles(Path.GetDirectoryName(Services.GetRequiredService<DashboardPlace>().NewFile(""))!)];

    internal ServedModel Model => Services.GetRequiredService<IDetectorPool>().GetModel("payments");

    public async Task InitializeAsync()
    {
        Write(SmallTable, 600);
        File.WriteAllLines(LocalTable, File.ReadLines(SmallTable).Select(line => line.Replace(',', ';').Replace('.', ',')));
        var trainer = new TableTrainer(new IsolationForestTrainer { TreeCount = 25, Calibration = ScoreCalibration.Conformal() });
        using (var reader = CsvTableReader.Open(SmallTable, new TableLayout { LabelColumn = "fraud", IdColumns = ["id"] }))
            Detector = trainer.Fit(reader.ReadAll()).WithOrigin(TrainerOrigin.Of(trainer, "isolation-forest"));
        using (var store = RunStore.Open(Store))
        {
            foreach (int trees in (int[])[25, 50])
            {
                using var run = store.StartRun(new RunStart("payments") { Name = trees == 25 ? Evil : "second", Parameters = new Dictionary<string, string> { ["TreeCount"] = $"{trees}", ["Seed"] = "1", ["note"] = Evil } });
                for (int step = 1; step <= 5; step++)
                    run.LogMetrics([new MetricPoint("loss", 1.0 / step) { Step = step }]);
                run.LogMetrics([new MetricPoint("average_precision", trees / 100.0)]);
                run.Complete();
                RunIds.Add(run.Id);
            }
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAnomalyDetection(detection => (detection.Monitoring.SampleEvery, detection.Monitoring.WindowRows) = (1, WindowRows)).AddModel("payments", Detector);
        builder.Services.AddAnomalyDashboard(options =>
        {
            options.RunStore = Store;
            options.AllowAnswers = true;
            options.AnswersFile = Answers;
            options.MaxUploadBytes = 16 << 20;
            options.AllowedOrigins.Add(ProxyOrigin);
            options.LabeledTables["checked payments"] = new LabeledTableFile(SmallTable, "fraud", Days: 2);
        });
        // A tab that was closed is given up soon.
        builder.Services.Configure<CircuitOptions>(circuit => circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.MapAnomalyDashboard("/dashboard");
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/dashboard/");
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal static void Write(string path, int rows, string key = "k")
    {
        var random = new Random(7);
        var text = new StringBuilder("id,amount,hour,shop,fraud\n");
        string[] shops = ["Oslo", "Paris", FormulaWord, "<img src=x onerror=alert(1)>"];
        for (int row = 0; row < rows; row++)
        {
            bool isFraud = row % 100 == 50;
            double amount = isFraud ? 400 + random.NextDouble() : 50 + (20 * random.NextDouble());
            text.Append(CultureInfo.InvariantCulture, $"{key}{row},{amount:0.000},{(isFraud ? 3 : random.Next(8, 20))},\"{shops[random.Next(shops.Length)]}\",{(isFraud ? 1 : 0)}\n");
        }

        File.WriteAllText(path, text.ToString());
    }
}
