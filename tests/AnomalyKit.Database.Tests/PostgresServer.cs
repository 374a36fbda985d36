using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AnomalyKit.Tests.Database;

/// <summary>A PostgreSQL server of our own in a temporary folder, where one is installed.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly string? _binaries = Find();
    private readonly string _folder;
    private readonly int _port;

    public PostgresServer()
    {
        _folder = Path.Combine(Path.GetTempPath(), "postgres-" + Path.GetRandomFileName());
        if (_binaries is null)
            return;
        _port = FreePort();
        Directory.CreateDirectory(_folder);
        if (AsOther)
            Run("chown", "postgres", _folder);
        RunServer("initdb", "-D", Data, "-A", "trust", "-U", "tester", "--no-sync", "-E", "UTF8", "--locale=C");
        RunServer(
            "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
            string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -c fsync=off -k {_folder}"), "start");
    }

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? SkipReason => Find() is null ? "No PostgreSQL server is installed (/usr/lib/postgresql/*/bin)." : null;

    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=tester;Database=postgres;Pooling=false");

    private string Data => Path.Combine(_folder, "data");

    // The server refuses to run as root; the package brings a user for it.
    private static bool AsOther => Environment.UserName == "root";

    public NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        if (_binaries is null)
            return;
        RunServer("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Find() => OperatingSystem.IsLinux() && Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void RunServer(string program, params string[] arguments)
    {
        string path = Path.Combine(_binaries!, program);
        if (AsOther)
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server inherits what it is given, and a pipe that nobody closes would be waited for: its output goes to a file.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/", ArgumentList = { "-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program } };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)) || process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }
}
