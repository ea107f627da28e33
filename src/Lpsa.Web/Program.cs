return await Lpsa.CommandLine.Run(args);
