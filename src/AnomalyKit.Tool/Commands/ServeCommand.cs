using System.CommandLine;
using AnomalyKit.Server;
using AnomalyKit.Server.Arguments;
using AnomalyKit.Server.Hosting;
using AnomalyKit.Tool.Running;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Tool.Commands;

/// <summary>Runs the server.</summary>
internal static class ServeCommand
{
    private const string DashboardPath = "/dashboard";

    public static Command Create()
    {
        var command = new Command("serve", "Serves models over HTTP and gRPC until it is stopped: /predict, rows as JSON with reasons, and the Open Inference Protocol v2.");
        var models = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = ServerArgument.All.First(option => option.Name == ServerArgument.Models).Description };
        command.Arguments.Add(models);
        Option<string[]>[] options =
        [
            .. from option in ServerArgument.All
               where option.Name is not (ServerArgument.Models or ServerArgument.Probe)
               select new Option<string[]>(option.Name) { HelpName = option.ValueName, Description = option.Description },
        ];
        foreach (var option in options)
            command.Options.Add(option);
        var dashboard = new Option<bool>("--dashboard") { Description = "Also maps the dashboard at /dashboard: read-only, and open to everybody who can reach the service. It is refused if requests need a key." };
        command.Options.Add(dashboard);
        command.SetAction(parsed => ServerProgram.RunAsync(
        [
            .. parsed.GetValue(models) is { } path ? (string[])[ServerArgument.Models, path] : [],
            .. options.SelectMany(option => parsed.GetValue(option)!.Select(value => $"{option.Name}={value}")),
        ],
            parsed.GetValue(dashboard) ? new ServerAdditions(AddDashboard, MapDashboard, new ServerPage("The dashboard", DashboardPath)) : null,
            CommandLine.Name).GetAwaiter().GetResult());
        return command;
    }

    private static void AddDashboard(IServiceCollection services)
    {
        services.AddAnomalyDashboard();
        LoopbackHosts.AddTo(services);
    }

    // Browsers send no API keys: pages would show anybody what the routes show only to holders of keys.
    private static void MapDashboard(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AnomalyServingOptions>>().Value.IsKeyRequired)
            throw new ServerUsageException("The dashboard takes no API keys, and this service needs them. Leave out --dashboard; a host of your own maps it behind its sign-in: app.MapAnomalyDashboard().RequireAuthorization().");
        app.MapAnomalyDashboard(DashboardPath);
    }
}
