# Words that tell what a name beside them is.

# Given names: a name behind one is a person's. Those that are words as well (Will, May, Grant) are left out.
words:given
	word Aaron, Abdul, Abdullah, Abraham, Adam, Adolf, Ahmed, Ahmet, Alan, Albert, Alberto, Alec, Aleksandr, Alex
	word Alexander, Alexei, Alfonso, Alfred, Alice, Allan, Allen, Amanda, Amir, Amy, Ana, Anatole, Anatoly, Andre
	word Andrea, Andreas, Andrei, Andrew, Andrey, Andy, Angela, Angus, Ann, Anna, Anne, Anthony, Antonio, Arnold
	word Arthur, Audrey, Barack, Barbara, Barney, Barry, Basil, Beatrice, Ben, Benjamin, Bernard, Bernie, Betty, Beverly
	word Bob, Bobby, Boris, Brad, Brandon, Brenda, Brent, Brian, Bruce, Bryan, Burt, Calvin, Carl, Carla
	word Carlos, Carol, Caroline, Catherine, Cathy, Cecil, Charles, Charlie, Charlotte, Chris, Christina, Christine, Christopher, Clara
	word Clarence, Claude, Claudia, Clement, Clifford, Clint, Colin, Connie, Craig, Curtis, Cynthia, Dale, Dan, Daniel
	word Danny, Daphne, Darren, Dave, David, Deborah, Debra, Denis, Dennis, Derek, Desmond, Diana, Diane, Diego
	word Dieter, Dmitri, Dmitry, Dominic, Donald, Donna, Doris, Dorothy, Doug, Douglas, Duncan, Dwight, Eddie, Edgar
	word Edith, Edmund, Eduardo, Edward, Edwin, Eileen, Elaine, Eleanor, Elena, Eli, Elizabeth, Ellen, Elliott, Emily
	word Emma, Emmanuel, Eric, Erich, Ernest, Esther, Ethan, Eugene, Eva, Evelyn, Fatima, Felix, Ferdinand, Fernando
	word Fidel, Fiona, Floyd, Francesco, Francis, Francisco, Francois, Frank, Franklin, Franz, Fred, Frederick, Gabriel, Gary
	word Gavin, Geoffrey, George, Georges, Gerald, Gerard, Gerhard, Gertrude, Gilbert, Glenn, Gloria, Gordon, Graham, Greg
	word Gregory, Gustav, Hamid, Hannah, Hans, Harold, Harriet, Harry, Harvey, Hasan, Hassan, Heather, Hector, Heinrich
	word Heinz, Helen, Helmut, Henri, Henry, Herbert, Herman, Hillary, Horace, Howard, Hubert, Hugh, Hugo, Ian
	word Igor, Ilya, Ingrid, Irene, Irving, Isaac, Isabel, Ivan, Jack, Jackie, Jacob, Jacques, Jake, James
	word Jamie, Jan, Jane, Janet, Janice, Jason, Javier, Jeff, Jeffrey, Jen, Jennifer, Jeremy, Jerome, Jerry
	word Jesse, Jessica, Jill, Jim, Jimmy, Joan, Joanna, Joe, Joel, Johan, Johann, John, Johnny, Jon
	word Jonathan, Jorge, Jose, Josef, Joseph, Josh, Joshua, Juan, Judith, Judy, Julia, Julian, Julie, Juliet
	word Karen, Karim, Karl, Kate, Katherine, Kathleen, Kathy, Katie, Keith, Kelly, Ken, Kenneth, Kevin, Klaus
	word Konrad, Konstantin, Kurt, Larry, Laura, Lauren, Laurence, Lawrence, Lee, Len, Leo, Leon, Leonard, Leonid
	word Leslie, Lester, Lewis, Linda, Lisa, Liz, Lloyd, Lois, Lorraine, Louis, Louise, Lucas, Lucy, Luis
	word Luke, Lyndon, Madeleine, Malcolm, Manuel, Marc, Marcel, Marcus, Margaret, Maria, Marie, Marilyn, Mario, Marion
	word Marjorie, Mark, Marlene, Marshall, Martha, Martin, Marvin, Mary, Matt, Matthew, Maureen, Maurice, Megan, Mehmet
	word Melissa, Melvin, Michael, Michel, Michelle, Miguel, Mike, Mikhail, Milton, Mitchell, Mohamed, Mohammad, Mohammed, Monica
	word Morris, Moshe, Muhammad, Murray, Mustafa, Nancy, Naomi, Natalie, Nathan, Neil, Nelson, Nicholas, Nick, Nicolas
	word Nicole, Nigel, Nikita, Nikolai, Noah, Noel, Nora, Norman, Oleg, Oliver, Olga, Omar, Oscar, Otto
	word Owen, Pablo, Pamela, Patricia, Patrick, Paul, Paula, Pauline, Pavel, Pedro, Peggy, Percy, Pete, Peter
	word Phil, Philip, Philippe, Phillip, Phyllis, Pierre, Rachel, Rafael, Ralph, Ramon, Randall, Randy, Raul, Raymond
	word Rebecca, Recep, Regina, Reginald, Rene, Richard, Rick, Rita, Rob, Robert, Roberto, Robin, Rodney, Roger
	word Roland, Ron, Ronald, Rosa, Rosemary, Ross, Roy, Rudolf, Rudolph, Rupert, Russell, Ruth, Ryan, Sally
	word Sam, Samantha, Samuel, Sandra, Sarah, Scott, Sean, Sebastian, Serge, Sergei, Sergey, Sharon, Sheila, Sheldon
	word Shirley, Sidney, Simon, Sonia, Sophie, Spencer, Spiro, Stan, Stanley, Stefan, Stella, Stephanie, Stephen, Steve
	word Steven, Stewart, Stuart, Sue, Susan, Suzanne, Sylvia, Tamara, Ted, Terence, Teresa, Terry, Theodore, Theresa
	word Thomas, Tim, Timothy, Tina, Todd, Tom, Tommy, Tony, Tracy, Trevor, Valerie, Vanessa, Vernon, Vera
	word Veronica, Vicky, Vince, Vincent, Vivian, Vladimir, Wallace, Walter, Warren, Wayne, Wendy, Werner, Wilhelm, William
	word Willie, Willy, Winston, Wolfgang, Woodrow, Yasser, Yevgeny, Yuri, Yusuf, Yves, Zachary

# With a capital behind a name, and yet no surname.
words:common
	word King, Queen, Prince, Princess, President, Premier, Prime, Foreign, Defense, Defence, Interior, Finance, Trade, Government
	word Army, Navy, Air, Police, Parliament, Congress, Senate, Court, Supreme, Bank, Central, National, Times, Post
	word News, Radio, Television, Office, Embassy, Ambassador, Minister, Ministry, Department, Secretary, State, Republic, Union, Party
	word Peace, Nuclear, Crisis, War, Conference, Summit, Talks, Agreement, Treaty, Pact, Accord, Accords, Desk, Task
	word Force, Group, Country, Team, Mission, Delegation, Command, Commission, Committee, Council, Board, Bureau, Agency, Authority
	word Corporation, Company, Corp, Inc, Ltd, Co, Airlines, Airways, Arab, Arabs, Islamic, Muslim, Christian, Jewish
	word Israel, Israeli, Egypt, Syria, Iraq, Iran, Saudi, Lebanon, Palestinian, Valley, River, Basin, Lake, Sea
	word Gulf, Coast, Border, Bay, Canal, Mountains, Province, District, Region, University, College, Institute, Hospital, School
	word Museum, Hotel, Street, Avenue, Road, Square, Park, Bridge, Airport, Station, Center, Centre, Building, House
	word Day, Week, Year, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, January, February, March, April
	word May, June, July, August, September, October, November, December, And, Or, The, In, On, Of
	word For, To, From, With, By, At, As, Is, Was, Has, Had, Will, Would, Should
	word Could, Must, If, When, While, But, Not, No, Also, Its, His, Her, Their, This
	word That, These, Those, There, Here, I, He, She, It, We, They, You, Who, Which
	word What, Why, How, After, Before, Since, Until, Because, Although, Though, However, Then, Now, Today
	word Yesterday, Tomorrow, D

# Before the name of a place.
words:where
	word in, near, into, within, across, throughout, inside, neighboring, neighbouring, visit, visited, to, from, between

# Behind a name that begins a sentence: what it names does something, which a dish seldom does.
words:finite
	word has, had, have, is, was, will, would, could, should, may, might, must, cannot, said, says, told, which, who, whose
	word agreed, announced, argued, asked, became, began, believes, called, calls, claimed, claims, condemned, continued
	word declared, decided, denied, denies, did, does, expressed, feels, felt, gave, insisted, insists, joined, made
	word needs, offered, offers, opposed, opposes, plans, promised, proposed, proposes, protested, refused, refuses
	word rejected, rejects, remained, remains, replied, seeks, sent, signed, sought, supported, supports, took, voted
	word wanted, wants, warned, warns

# "Turkey and Greece".
words:and
	word and, or, nor

# "Lebanon, Ohio": states of the Union and how they are shortened.
words:state
	word Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Hawaii, Idaho, Illinois, Indiana, Iowa
	word Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi, Missouri, Montana, Nebraska, Nevada, Ohio
	word Oklahoma, Oregon, Pennsylvania, Tennessee, Texas, Utah, Vermont, Virginia, Wisconsin, Wyoming, Ala, Ariz, Ark, Calif
	word Colo, Conn, Del, Fla, Ga, Ill, Ind, Kan, Ky, La, Me, Md, Mass, Mich
	word Minn, Miss, Mo, Mont, Neb, Nev, NH, NJ, NM, NY, NC, ND, Okla, Ore
	word Pa, RI, SC, SD, Tenn, Tex, Vt, Va, Wash, Wis, Wyo, WV
