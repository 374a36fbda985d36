using System.CommandLine;
using AnomalyKit.Server;
using AnomalyKit.Server.Arguments;
using AnomalyKit.Server.Hosting;
using AnomalyKit.Tool.Running;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Tool.Commands;

/// <summary>Runs the dashboard until it is stopped.</summary>
internal static class DashboardCommand
{
    private const string DefaultUrls = "http://127.0.0.1:8090";

    public static Command Create(ToolContext context)
    {
        var command = new Command("dashboard", "Shows runs, models, scored tables and their reasons in a browser, until it is stopped. It changes nothing unless --allow-answers is given.");
        var runs = new Option<string>("--runs") { Description = "The store of runs, a file such as runs.db, which is opened to read only; or an MLflow server.", HelpName = "STORE" };
        var models = new Option<string>("--models") { Description = "A folder of models (NAME/VERSION/model.akm or NAME.akm), or one model file.", HelpName = "PATH" };
        var urls = new Option<string>("--urls") { Description = $"Where to listen, several with ';' between; {DefaultUrls} by default. Port 0 takes a free one. There is no sign-in: listen beyond this machine only behind a proxy that has one.", HelpName = "URLS" };
        var allow = new Option<bool>("--allow-answers") { Description = "Lets viewers label rows; the labels go to the file of --answers." };
        var answers = new Option<string>("--answers") { Description = "The file that keeps the labels, as 'anomalykit review --session' does. It belongs to one model: with several, write {model} and {version} into its path.", HelpName = "FILE" };
        var origin = new Option<string[]>("--origin") { Description = "The address at which viewers see the dashboard behind a proxy, for example https://dash.example.org; several are possible. Requests of pages from elsewhere are refused.", HelpName = "URL" };
        foreach (Option option in (Option[])[runs, models, urls, origin, allow, answers])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(allow) != (parsed.GetValue(answers) is not null))
                throw new UsageException("--allow-answers and --answers FILE go together: the first allows labels, and the second names the file that keeps them.");
            // What cannot be opened is said at once, not to the first viewer.
            if (parsed.GetValue(runs) is { } store)
                TrackingTarget.OpenReadOnly(store).Dispose();
            try
            {
                return RunAsync(context, parsed.GetValue(models), parsed.GetValue(urls) ?? DefaultUrls, dashboard =>
                {
                    dashboard.RunStore = parsed.GetValue(runs);
                    dashboard.AllowAnswers = parsed.GetValue(allow);
                    dashboard.AnswersFile = parsed.GetValue(answers);
                    foreach (string address in parsed.GetValue(origin) ?? [])
                        dashboard.AllowedOrigins.Add(address);
                }).GetAwaiter().GetResult();
            }
            catch (ServerUsageException e)
            {
                throw new UsageException(e.Message);
            }
            catch (OptionsValidationException e)
            {
                throw new UsageException(string.Join(" ", e.Failures));
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(ToolContext context, string? models, string urls, Action<AnomalyDashboardOptions> configure)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var settings = new Dictionary<string, string?>();
        if (models is not null)
            ModelPath.AddTo(settings, models);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        var options = new ServerOptions { Urls = urls };
        ServerLogging.Add(builder.Logging, builder.Configuration, options);
        ServerAddresses.Listen(builder.WebHost, builder.Configuration, options);
        if (models is not null)
            builder.Services.AddAnomalyDetection().AddKind(FeedbackDetector.Format);
        builder.Services.AddAnomalyDashboard(configure);
        builder.Services.AddSingleton(options);
        LoopbackHosts.AddTo(builder.Services);
        var app = builder.Build();
        await using (app.ConfigureAwait(false))
        {
            app.MapAnomalyDashboard("/");
            using var stop = context.CancellationToken.Register(app.Lifetime.StopApplication);
            await ServerStart.ListenAsync(app, context.CancellationToken).ConfigureAwait(false);
            foreach (string address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
                context.Say($"The dashboard is at {address}. Ctrl+C ends it.");
            await app.WaitForShutdownAsync().ConfigureAwait(false);
        }

        return ExitCode.Done;
    }
}
