using System.CommandLine;
using AnomalyKit;
using AnomalyKit.Cuda;

var size = new Option<double>("--size") { Description = "The share of the rows that is trained on: 1 for the whole, less to try whether all of it works.", DefaultValueFactory = _ => 1 };
var device = new Option<string>("--device") { Description = "What is compared with the CPU: cuda, or cpu to exercise the program where there is no GPU.", DefaultValueFactory = _ => "cuda" };
device.AcceptOnlyFromAmong("cuda", "cpu");
var threads = new Option<int>("--threads") { Description = "Threads of LibTorch on the CPU.", DefaultValueFactory = _ => Environment.ProcessorCount };
var command = new RootCommand("Trains autoencoders with TorchSharp on a GPU and on the CPU, checks that they agree, and writes a table.") { size, device, threads };
command.SetAction(parsed =>
{
    var beside = parsed.GetValue(device) == "cuda" ? TorchDevice.Cuda() : TorchDevice.Cpu;
    try
    {
        return new DeviceComparison(beside, parsed.GetValue(threads), parsed.GetValue(size)).Run(Console.Out) ? 0 : 1;
    }
    catch (TorchUnavailableException exception)
    {
        Console.Error.WriteLine(exception.Message);
        return 2;
    }
});
return command.Parse(args).Invoke();
